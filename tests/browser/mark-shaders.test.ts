import { RESPONDER_KINDS } from '@maplewall/shared/domain/responder.ts';
import { AGE_IN_SHADER, ageGlsl, ageLimitsOf, fixAge } from '@maplewall/client/world/ageing.ts';
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
    const cities = fc.sample(
      fc.record({ volunteer: limitsOf, sentry: limitsOf, officer: limitsOf, gridWorker: limitsOf }),
      { seed: 61, numRuns: 12 },
    );
    for (const ageing of [{}, ...cities]) {
      const limits = ageLimitsOf({ ageing });
      const ages = fc.sample(fc.float({ min: -1e6, max: 1e6 }), { seed: 62, numRuns: 200 });
      const given = RESPONDER_KINDS.flatMap((name, kind) => {
        const { staleAfterSeconds: stale, ghostAfterSeconds: ghost } = limits[name];
        return [...ages, stale, ghost, stale - 0.001, ghost - 0.001, Number.NaN, Infinity].map(
          (age) => [kind, Math.fround(age), 0, 0] as const,
        );
      });
      const found = await evaluateGlsl(
        page,
        ageGlsl(limits),
        'found = vec4(float(fixAgeOf(int(given.x), given.y)));',
        given,
      );
      for (const [row, [kind, age]] of given.entries()) {
        const expected = fixAge(age, limits[RESPONDER_KINDS[kind] ?? 'volunteer']);
        expect([kind, age, found[row]?.[0]]).toEqual([kind, age, AGE_IN_SHADER[expected]]);
      }
    }
  });
});
