import { readFile } from 'node:fs/promises';
import { expect, it } from 'vitest';
import { HOSTILE_CASES } from '@maplewall/shared/domain/hostile-cases.arbitrary.ts';

const root = new URL('../../', import.meta.url);

it('the suite tries a hundred thousand generated hostile cases and more; each test counts its own', async () => {
  for (const path of Object.keys(HOSTILE_CASES))
    expect(await readFile(new URL(path, root), 'utf8')).toContain(`HOSTILE_CASES['${path}']`);
  const all = Object.values(HOSTILE_CASES).reduce((sum, cases) => sum + cases, 0);
  expect(all).toBeGreaterThanOrEqual(100_000);
});
