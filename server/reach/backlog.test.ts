import { describe, expect, it } from 'vitest';
import { Backlog } from './backlog.ts';

/** A backlog whose work is done when the test says so; `done` has what was worked on, in its order. */
function worked(answer: (item: string) => 'goOn' | 'leaveOff' = () => 'goOn') {
  const done: string[] = [];
  const errors: unknown[] = [];
  let ready: (() => void) | undefined;
  const backlog = new Backlog<string>(
    async (item) => {
      await new Promise<void>((resolve) => (ready = resolve));
      done.push(item);
      return answer(item);
    },
    (error) => errors.push(error),
  );
  const go = async (count: number): Promise<void> => {
    const wanted = done.length + count;
    while (done.length < wanted) {
      ready?.();
      await new Promise((resolve) => setTimeout(resolve, 1));
    }
  };
  return { backlog, done, errors, go };
}

describe('a backlog', () => {
  it('works on what was asked for last, and then on what is left of what was asked for before', async () => {
    const { backlog, done, go } = worked();
    backlog.begin('monday', ['m1', 'm2', 'm3']);
    backlog.begin('tuesday', ['t1', 't2']);
    backlog.begin('wednesday', []);
    await go(5);
    expect(done).toEqual(['m1', 't1', 't2', 'm2', 'm3']);
    await backlog.stop();
  });

  it('does not begin a list anew that is asked for again, and comes to the end of both of two that are', async () => {
    const { backlog, done, go } = worked();
    const due = (...items: readonly string[]): readonly string[] =>
      items.filter((item) => !done.includes(item));
    const ask = (): void => {
      backlog.begin('monday', due('m1', 'm2', 'm3'));
      backlog.begin('tuesday', due('t1', 't2', 't3'));
    };
    for (let times = 0; times < 6; times += 1) {
      ask();
      await go(1);
    }
    expect(done.toSorted()).toEqual(['m1', 'm2', 'm3', 't1', 't2', 't3']);
    await backlog.stop();
  });

  it('goes on with what is left when it is asked again after it had to leave off or failed', async () => {
    const { backlog, done, errors, go } = worked((item) => {
      if (item === 'm1') return 'leaveOff';
      if (item === 'm2') throw new Error('m2');
      return 'goOn';
    });
    for (let times = 0; times < 3; times += 1) {
      backlog.begin('monday', ['m1', 'm2', 'm3']);
      await go(1);
      await new Promise((resolve) => setTimeout(resolve, 1));
    }
    expect([done, errors]).toEqual([['m1', 'm2', 'm3'], [new Error('m2')]]);
    await backlog.stop();
  });
});
