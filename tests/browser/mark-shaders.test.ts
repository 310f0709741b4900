import type { SourceId } from '@maplewall/shared/domain/ids.ts';
import type { Priority } from '@maplewall/shared/domain/incident.ts';
import { RESPONDER_KINDS } from '@maplewall/shared/domain/responder.ts';
import { AGE_IN_SHADER, Whose } from '@maplewall/client/world/ageing.ts';
import { ageLimitsOf, fixAge, limitsFor } from '@maplewall/shared/rules/fix-age.ts';
import { NEVER_SECONDS } from '@maplewall/client/world/incident-marks.ts';
import { RING_GLSL, RING_IN_SHADER, ringState } from '@maplewall/client/world/ring-state.ts';
import { epochMs } from '@maplewall/shared/domain/units.ts';
import fc from 'fast-check';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { launchBrowser } from '../support/browser.ts';
import { evaluateGlsl } from '../support/glsl.ts';
import { part } from '../support/part.ts';

const browser: Browser | undefined = await launchBrowser().catch(() => undefined);

part('what the shaders decide, in a browser', browser !== undefined, () => {
  let page: Page;
  beforeAll(async () => {
    page = await (browser as Browser).newPage();
  });
  afterAll(async () => {
    await browser?.close();
  });

  it('a fix has the same age on the graphics card as by the rule, for every kind and every limit', async () => {
    const limitsOf = fc
      .tuple(fc.integer({ min: 1, max: 3_600 }), fc.integer({ min: 1, max: 86_400 }))
      .map(([staleAfterSeconds, more]) => ({
        staleAfterSeconds,
        ghostAfterSeconds: staleAfterSeconds + more,
      }));
    const kinds = { volunteer: limitsOf, sentry: limitsOf, officer: limitsOf, gridWorker: limitsOf };
    const cities = fc.sample(
      fc.record({ ...kinds, sources: fc.array(limitsOf, { minLength: 1, maxLength: 32 }) }),
      { seed: 61, numRuns: 12 },
    );
    const named = cities.map(({ sources, ...its }) => {
      return { ...its, sources: sources.map((one, index) => ({ source: `S${index}` as SourceId, ...one })) };
    });
    for (const ageing of [{ sources: [] }, ...named]) {
      const limits = ageLimitsOf({ ageing });
      const whose = new Whose(limits);
      const ages = fc.sample(fc.float({ min: -1e6, max: 1e6 }), { seed: 62, numRuns: 40 });
      // Everybody, also through a source that the pack knows nothing of.
      const others = ['' as const, 'unknown' as SourceId, ...ageing.sources.map(({ source }) => source)];
      const everybody = RESPONDER_KINDS.flatMap((kind) =>
        others.map((reportsThrough) => ({ kind, reportsThrough })),
      );
      const given = everybody.flatMap((responder) => {
        const { staleAfterSeconds: stale, ghostAfterSeconds: ghost } = limitsFor(limits, responder);
        return [...ages, stale, ghost, stale - 0.001, ghost - 0.001, Number.NaN, Infinity].map((age) => ({
          responder,
          row: [whose.byteOf(responder), Math.fround(age), 0, 0] as const,
        }));
      });
      const found = await evaluateGlsl(
        page,
        whose.glsl(),
        'found = vec4(float(fixAgeOf(int(given.x), given.y)));',
        given.map(({ row }) => row),
      );
      for (const [index, { responder, row }] of given.entries()) {
        const expected = AGE_IN_SHADER[fixAge(row[1], limitsFor(limits, responder))];
        expect([responder, row[1], found[index]?.[0]]).toEqual([responder, row[1], expected]);
      }
    }
  });

  it('the ring on the graphics card ends as the rule says, at every moment of every course', async () => {
    const seconds = fc.integer({ min: -5, max: 200 });
    const courses = fc.sample(
      fc.record({
        at: seconds,
        arrival: fc.option(fc.nat({ max: 150 }), { nil: undefined }),
        end: fc.option(fc.nat({ max: 180 }), { nil: undefined }),
        priority: fc.constantFrom<Priority>(1, 3, 4),
      }),
      { seed: 63, numRuns: 3_000 },
    );
    const received = 1_795_435_200_000;
    const moment = (of: number): ReturnType<typeof epochMs> => epochMs(received + of * 1_000);
    const found = await evaluateGlsl(
      page,
      RING_GLSL,
      'found = vec4(ringOf(given.xyz, given.w > 0.5), 0.0, 0.0);',
      courses.map(({ at, arrival, end, priority }) => [
        at,
        at - (arrival ?? NEVER_SECONDS),
        at - (end ?? NEVER_SECONDS),
        priority < 4 ? 1 : 0,
      ]),
    );
    for (const [row, { at, arrival, end, priority }] of courses.entries()) {
      const expected = ringState(
        {
          priority,
          state: end === undefined ? 'offered' : 'closed',
          times: {
            received: moment(0),
            ...(arrival === undefined ? {} : { onScene: moment(arrival) }),
            ...(end === undefined ? {} : { closed: moment(end) }),
          },
        },
        moment(at),
      );
      const ring = [RING_IN_SHADER[expected.kind], expected.kind === 'none' ? 0 : expected.seconds];
      expect([at, arrival, end, ...(found[row]?.slice(0, 2) ?? [])]).toEqual([at, arrival, end, ...ring]);
    }
  });
});
