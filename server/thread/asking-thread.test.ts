import { afterEach, describe, expect, it, vi } from 'vitest';
import { pino } from 'pino';
import { AskingThread, ThreadAway } from './asking-thread.ts';
import type { EchoQuestions } from './echo.fixture.ts';

const WAIT = { timeout: 20_000 };
let thread: AskingThread<EchoQuestions, string>;
const start = (module = 'echo.fixture.ts'): void => {
  thread = new AskingThread({
    module: new URL(module, import.meta.url),
    workerData: undefined,
    name: 'echo',
    logger: pino({ level: 'silent' }),
  });
};
afterEach(() => thread.stop());

describe('a thread that is asked', () => {
  it('answers also what was asked before it was ready, and tells a failure to who asked', async () => {
    start();
    expect(thread.ready).toBeUndefined();
    expect(await thread.ask('say', { one: 1 })).toEqual({ one: 1 });
    expect(thread.ready).toBe('at your service');
    await expect(thread.ask('fail', 'no such thing')).rejects.toThrow('no such thing');
    expect(await thread.ask('say', 'still there')).toBe('still there');
  });

  it('that dies lets everybody know who waits, and is there again soon', async () => {
    start();
    await thread.ask('say', 1);
    const waits = await Promise.allSettled([thread.ask('die', null), thread.ask('say', 2)]);
    for (const wait of waits)
      expect(wait).toMatchObject({ status: 'rejected', reason: expect.any(ThreadAway) });
    await expect(thread.ask('say', 3)).rejects.toThrow(ThreadAway);
    await vi.waitUntil(() => thread.ready !== undefined, WAIT);
    expect(await thread.ask('say', 4)).toBe(4);
  });

  it('is not asked what cannot cross between threads, and dies in peace afterwards', async () => {
    start();
    await expect(thread.ask('say', () => 1)).rejects.toThrow('could not be cloned');
    await expect(thread.ask('die', null)).rejects.toThrow(ThreadAway);
  });

  it('can be stopped while it fails to start', async () => {
    start('there-is-no-such-module.ts');
    await thread.stop();
    expect(thread.ready).toBeUndefined();
  });
});
