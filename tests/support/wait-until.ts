import { setTimeout as wait } from 'node:timers/promises';

const LOOK_EVERY_MS = 20;

/**
 * Waits until something is so, and answers it. What is dear to look at is looked at less often, so that looking does not
 * keep the machine from what is waited for.
 * @throws when it is not so in time
 */
export async function waitUntil<T>(
  what: string,
  look: () => T | undefined | false | Promise<T | undefined | false>,
  patienceMs = 30_000,
  lookEveryMs = LOOK_EVERY_MS,
): Promise<T> {
  const end = performance.now() + patienceMs;
  for (;;) {
    const found = await look();
    if (found !== undefined && found !== false) return found;
    if (performance.now() > end) throw new Error(`waited in vain until ${what}`);
    await wait(lookEveryMs);
  }
}
