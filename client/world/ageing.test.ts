import { epochMs } from '@maplewall/shared/domain/units.ts';
import { RESPONDER_KINDS } from '@maplewall/shared/domain/responder.ts';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { SourceId } from '@maplewall/shared/domain/ids.ts';
import { ageLimitsOf, fixAge, limitsFor, USUAL_AGE_LIMITS } from '@maplewall/shared/rules/fix-age.ts';
import { Whose } from './ageing.ts';
import { ClientWorld } from './client-world.ts';
import { CENTRE, EVENING, SmallCity } from './small-city.ts';

const limits = fc
  .tuple(fc.integer({ min: 1, max: 3_600 }), fc.integer({ min: 1, max: 86_400 }))
  .map(([staleAfterSeconds, more]) => ({ staleAfterSeconds, ghostAfterSeconds: staleAfterSeconds + more }));

describe('ageing', () => {
  it('never takes a stale fix, or an age that is no number, for a fresh one', () => {
    fc.assert(
      fc.property(fc.double(), limits, (age, its) => {
        const isFresh = age < its.staleAfterSeconds;
        const isGhost = age >= its.ghostAfterSeconds;
        expect(fixAge(age, its)).toBe(isFresh ? 'fresh' : isGhost ? 'ghost' : 'stale');
      }),
      { seed: 31, numRuns: 2_000 },
    );
  });

  it('has its edges where they are said to be', () => {
    const ages = [0, 89.9, 90, 599.9, 600].map((age) => fixAge(age, USUAL_AGE_LIMITS));
    expect(ages).toEqual(['fresh', 'fresh', 'stale', 'stale', 'ghost']);
  });

  it('takes the limits of a kind from the pack, and the usual ones for the others', () => {
    const sentry = { staleAfterSeconds: 200, ghostAfterSeconds: 900 };
    const found = ageLimitsOf({ ageing: { sentry } });
    expect(RESPONDER_KINDS.map((kind) => found.kinds[kind])).toEqual([
      USUAL_AGE_LIMITS,
      sentry,
      USUAL_AGE_LIMITS,
      USUAL_AGE_LIMITS,
    ]);
  });

  it('takes the limits of a source for whoever reports through it, and says in one byte which hold', () => {
    const tags = { source: 'tags' as SourceId, staleAfterSeconds: 400, ghostAfterSeconds: 4_000 };
    const officer = { staleAfterSeconds: 30, ghostAfterSeconds: 60 };
    const found = ageLimitsOf({ ageing: { officer, sources: [tags] } });
    const whose = new Whose(found);
    const { source, ...ofTags } = tags;
    for (const kind of RESPONDER_KINDS) {
      const usual = kind === 'officer' ? officer : USUAL_AGE_LIMITS;
      for (const [reportsThrough, expected] of [
        [source, ofTags],
        ['', usual],
        ['of another pack' as SourceId, usual],
      ] as const) {
        expect(limitsFor(found, { kind, reportsThrough })).toEqual(expected);
        expect(whose.limitsOf(whose.byteOf({ kind, reportsThrough }))).toEqual(expected);
      }
    }
  });

  it('is never behind the truth in the rows that the graphics card reads, however the shown clock moves', () => {
    const step = fc.record({
      wait: fc.oneof(fc.double({ min: 0.001, max: 900, noNaN: true }), fc.integer({ min: 0, max: 90_000 })),
      isSeen: fc.boolean(),
      isKeyframe: fc.boolean(),
    });
    fc.assert(
      fc.property(fc.array(step, { minLength: 1, maxLength: 12 }), limits, (steps, its) => {
        const city = new SmallCity();
        let shown = EVENING;
        let seenAt = EVENING;
        const client = new ClientWorld({ city: { centre: CENTRE }, now: () => shown });
        city.checksIn(epochMs(EVENING - 1_000), 'P1', 'officer');
        city.seen(EVENING, [{ id: 'P1', ...CENTRE }]);
        client.onBatch(city.keyframe(EVENING));
        for (const { wait, isSeen, isKeyframe } of steps) {
          shown = epochMs(Math.round(shown + wait * 1_000));
          if (isSeen) {
            seenAt = epochMs(Math.floor(shown / 1_000) * 1_000);
            city.seen(seenAt, [{ id: 'P1', ...CENTRE }]);
          }
          client.onBatch(isKeyframe ? city.keyframe(shown) : city.batch(shown));
          // As the shader has it: the uniform and the column are Float32, and so is their difference.
          const fixAt = client.motion.table.floats[6] ?? Number.NaN;
          const drawn = Math.fround(Math.fround(client.clock.toSeconds(shown)) - fixAt);
          const truth = (shown - seenAt) / 1_000;
          // Half a step of a Float32 of that size, twice.
          const tolerance = 0.002 + truth * 1e-7;
          expect(Math.abs(drawn - truth)).toBeLessThanOrEqual(tolerance);
          const mayBeFresh = truth < its.staleAfterSeconds + tolerance;
          expect(mayBeFresh || fixAge(drawn, its) !== 'fresh').toBe(true);
        }
      }),
      { seed: 32, numRuns: 300 },
    );
  });
});
