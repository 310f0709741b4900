import { describe, expect, it } from 'vitest';
import { oneAtATime } from './one-at-a-time.ts';

const settle = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 0));

describe('one at a time', () => {
  it('runs once more for all that was wanted meanwhile, and then no more', async () => {
    const ends: (() => void)[] = [];
    const ask = oneAtATime(() => new Promise((resolve) => ends.push(resolve)));
    ask();
    expect(ends).toHaveLength(1);
    for (let call = 0; call < 5; call += 1) ask();
    await settle();
    expect(ends).toHaveLength(1);
    ends[0]?.();
    await settle();
    expect(ends).toHaveLength(2);
    ends[1]?.();
    await settle();
    expect(ends).toHaveLength(2);
    ask();
    expect(ends).toHaveLength(3);
  });
});
