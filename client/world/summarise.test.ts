import type { CityEvent } from '@maplewall/shared/domain/event.ts';
import type { IncidentId, OrderId, ResponderId } from '@maplewall/shared/domain/ids.ts';
import type { Priority } from '@maplewall/shared/domain/incident.ts';
import type { OrderState } from '@maplewall/shared/domain/order.ts';
import { epochMs } from '@maplewall/shared/domain/units.ts';
import { describe, expect, it } from 'vitest';
import { CityTime } from './city-time.ts';
import { CENTRE, EVENING, SmallCity } from './small-city.ts';
import { summarise, type Summary } from './summarise.ts';

const INCIDENT = 'I0' as IncidentId;
const received = (priority: Priority): CityEvent => ({
  kind: 'incident.received',
  incidentId: INCIDENT,
  category: 'help',
  priority,
  ...CENTRE,
  place: 'x',
});
const summaryOf = (city: SmallCity): Summary => {
  const { keyframe } = city.keyframe(EVENING);
  if (keyframe === undefined) throw new Error('there must be a keyframe');
  return summarise(keyframe.world, EVENING, new CityTime('Asia/Shanghai', 'en'));
};

describe('the offers of an incident', () => {
  it('begin with those who come, however late they were asked, and are counted all', () => {
    const city = new SmallCity();
    city.happens(EVENING, received(2));
    const stages = ['expired', 'declined', 'expired', 'offered', 'expired', 'expired', 'enRoute', 'onScene'];
    for (const [index, stage] of (stages as OrderState[]).entries()) {
      const orderId = `O${index}` as OrderId;
      const at = epochMs(EVENING - 1_000 * (stages.length - index));
      const responderId = `R${index}` as ResponderId;
      city.happens(at, { kind: 'order.offered', orderId, incidentId: INCIDENT, responderId });
      if (stage !== 'offered') city.happens(at, { kind: 'order.stage', orderId, stage });
    }
    const { race } = summaryOf(city);
    expect(race?.rows.map(({ callSign, state }) => `${callSign} ${state}`)).toEqual([
      'R7 onScene',
      'R6 enRoute',
      'R3 offered',
      'R0 expired',
      'R1 declined',
      'R2 expired',
    ]);
    expect(race?.offers).toBe(8);
  });
});

describe('what a world has heard of', () => {
  it('is nothing of incidents where only positions came', () => {
    const city = new SmallCity();
    city.checksIn(EVENING, 'R1', 'volunteer');
    city.seen(EVENING, [{ id: 'R1', ...CENTRE }]);
    expect(summaryOf(city).heard).toEqual(new Set());
  });

  it('is an incident of whatever priority, which is open even where it stands in no queue', () => {
    const city = new SmallCity();
    city.happens(EVENING, received(4));
    const { heard, open, queue } = summaryOf(city);
    expect([...heard]).toContain('received');
    expect([open, queue.length]).toEqual([1, 0]);
  });
});
