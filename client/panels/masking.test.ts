import { describe, expect, it } from 'vitest';
import type { GridId, IncidentId, OrderId, ResponderId } from '@maplewall/shared/domain/ids.ts';
import { epochMs, lat, lng } from '@maplewall/shared/domain/units.ts';
import { CityTime } from '../world/city-time.ts';
import { EVENING, SmallCity } from '../world/small-city.ts';
import { summarise } from '../world/summarise.ts';
import { maskSummary } from './masking.ts';

/** A city in which every place and every call sign says that it is a secret. */
function summaryOf(): ReturnType<typeof summarise> {
  const city = new SmallCity();
  const at = (seconds: number) => epochMs(EVENING + seconds * 1_000);
  for (const who of ['one', 'two', 'three']) city.checksIn(at(0), `secret-${who}`, 'volunteer');
  for (const [index, category] of (['publicOrder', 'nonPolice'] as const).entries())
    city.happens(at(1), {
      kind: 'incident.received',
      incidentId: `I${index}` as IncidentId,
      category,
      priority: 2,
      lng: lng(120.56),
      lat: lat(27.54),
      place: `secret road ${index}`,
      gridId: 'G1' as GridId,
    });
  for (const [index, stage] of (['declined', 'enRoute', 'onScene'] as const).entries()) {
    const orderId = `O${index}` as OrderId;
    const responderId = `secret-${['one', 'two', 'three'][index]}` as ResponderId;
    city.happens(at(2), { kind: 'order.offered', orderId, incidentId: 'I0' as IncidentId, responderId });
    city.happens(at(3), { kind: 'order.stage', orderId, stage });
  }
  city.happens(at(4), { kind: 'incident.stage', incidentId: 'I0' as IncidentId, stage: 'stable' });
  city.happens(at(4), {
    kind: 'incident.diverted',
    incidentId: 'I1' as IncidentId,
    platform: 'governance',
  });
  // One who went home keeps the order: then the id stands where the call sign was.
  city.happens(at(5), { kind: 'responder.checkedOut', responderId: 'secret-two' as ResponderId });
  const { keyframe } = city.keyframe(at(10));
  if (keyframe === undefined) throw new Error('there must be a keyframe');
  return summarise(keyframe.world, at(10), new CityTime('Asia/Shanghai', 'en'));
}

describe('what visitors see', () => {
  const words = {
    someone: (kind: string | undefined) => kind ?? 'responder',
    somewhere: (gridId: string) => `community of ${gridId}`,
  };

  it('holds no call sign, no id of a person and no address, in any panel', () => {
    const summary = summaryOf();
    expect(JSON.stringify(summary).match(/secret/g)?.length).toBeGreaterThan(8);
    expect(JSON.stringify(maskSummary(summary, words))).not.toContain('secret');
  });

  it('says the community and the kind of responder instead', () => {
    const masked = maskSummary(summaryOf(), words);
    expect(masked.queue[0]?.place).toBe('community of G1');
    expect(masked.race?.rows.map(({ callSign }) => callSign)).toEqual([
      'volunteer',
      'responder',
      'volunteer',
    ]);
    expect(masked.happenings.map(({ kind }) => kind)).toContain('onScene');
  });

  it('is otherwise what everybody sees', () => {
    const summary = summaryOf();
    const masked = maskSummary(summary, words);
    expect({ ...masked, queue: [], race: undefined, happenings: [] }).toEqual({
      ...summary,
      queue: [],
      race: undefined,
      happenings: [],
    });
    expect(masked.queue.map(({ ageSeconds, state }) => [ageSeconds, state])).toEqual(
      summary.queue.map(({ ageSeconds, state }) => [ageSeconds, state]),
    );
  });
});
