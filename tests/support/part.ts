import { describe } from 'vitest';

/**
 * A part of the tests that needs something of the machine (a browser, a broker, a file). Where it is missing, the
 * part is skipped and says so by name; with REQUIRE_ALL=1 it fails instead.
 */
export function part(name: string, available: boolean, tests: () => void): void {
  if (!available && process.env['REQUIRE_ALL'] === '1') throw new Error(`cannot run here: ${name}`);
  if (available)
    describe(`${name}`, () => {
      tests();
    });
  else
    describe.skip(`${name}`, () => {
      tests();
    });
}
