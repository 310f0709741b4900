import { describe, expect, it } from 'vitest';
import type { City } from '@maplewall/shared/domain/city.ts';
import type { ResponderId, SourceId } from '@maplewall/shared/domain/ids.ts';
import { epochMs, seqNo } from '@maplewall/shared/domain/units.ts';
import { ageLimitsOf } from '@maplewall/shared/rules/fix-age.ts';
import { emptyWorld } from '@maplewall/shared/world/empty-world.ts';
import { applyEvent, applyFix } from '@maplewall/shared/world/fold.ts';
import type { World } from '@maplewall/shared/world/world.ts';
import { moversOf } from './movers.ts';
import { standingOf } from './standing.ts';

const START = Date.UTC(2026, 10, 23, 8);
const AT = epochMs(START + 200_000);
const QUICK = 'Q' as ResponderId;
const TAGGED = 'T' as ResponderId;
const source = 'tags' as SourceId;
const city = {
  posts: [],
  ageing: { sources: [{ source, staleAfterSeconds: 400, ghostAfterSeconds: 900 }] },
} as unknown as City;

/** Two sentries who were both seen 150 s before AT, one of them by a tag. */
function twoSentries(): World {
  const world = emptyWorld();
  for (const [slot, responderId] of [QUICK, TAGGED].entries()) {
    const head = { at: epochMs(START), receivedAt: epochMs(START), source, mode: 'Actual', key: '' } as const;
    applyEvent(world, {
      ...head,
      type: 'event',
      seq: seqNo(slot + 1),
      event: { kind: 'responder.checkedIn', responderId, responderKind: 'sentry', callSign: responderId },
    });
    if (responderId === TAGGED)
      applyEvent(world, {
        ...head,
        type: 'event',
        seq: seqNo(3),
        event: { kind: 'responder.reportsThrough', responderId, source },
      });
    applyFix(world, slot, 12_055_000, 2_758_000, START / 1_000 + 50);
  }
  return world;
}

describe('whose fix is not fresh any more by the limits of its source or kind', () => {
  it('is not among those who could set out', () => {
    const { count, keys, onDuty } = moversOf(twoSentries(), AT, [], ageLimitsOf(city));
    expect([[...keys.subarray(0, count)], onDuty]).toEqual([[1], 2]);
  });

  it('has no reach that could be told, and the limit is named', () => {
    const world = twoSentries();
    expect(standingOf(world, AT, city, { responder: QUICK })).toMatchObject({
      ok: false,
      fault: { code: 'responder.notFresh', values: { seconds: 150, limit: 90 } },
    });
    expect(standingOf(world, AT, city, { responder: TAGGED })).toMatchObject({
      ok: true,
      value: { ageSeconds: 150 },
    });
    const later = epochMs(AT + 250_000);
    expect(standingOf(world, later, city, { responder: TAGGED })).toMatchObject({
      fault: { values: { seconds: 400, limit: 400 } },
    });
  });
});
