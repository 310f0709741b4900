import { afterEach, expect, it, vi } from 'vitest';
import { drawInTurn, leaveTurns } from './draw-turns.ts';

afterEach(() => vi.unstubAllGlobals());

it('draws one at each frame after the next, in the order in which they were asked for, each once, and none that has left', () => {
  const frames: (() => void)[] = [];
  vi.stubGlobal('requestAnimationFrame', (act: () => void) => frames.push(act));
  const drawn: string[] = [];
  const [one, two, three] = ['one', 'two', 'three'].map((name) => () => void drawn.push(name));
  if (one === undefined || two === undefined || three === undefined) throw new Error('there are three');
  drawInTurn(one);
  drawInTurn(two);
  drawInTurn(one);
  drawInTurn(three);
  leaveTurns(two);
  frames.shift()?.();
  expect(drawn).toEqual([]);
  frames.shift()?.();
  expect(drawn).toEqual(['one']);
  drawInTurn(one);
  while (frames.length > 0) frames.shift()?.();
  expect(drawn).toEqual(['one', 'three', 'one']);
  drawInTurn(two);
  leaveTurns(two);
  while (frames.length > 0) frames.shift()?.();
  drawInTurn(two);
  while (frames.length > 0) frames.shift()?.();
  expect(drawn).toEqual(['one', 'three', 'one', 'two']);
});

it('goes on after one that could not be drawn', () => {
  const frames: (() => void)[] = [];
  vi.stubGlobal('requestAnimationFrame', (act: () => void) => frames.push(act));
  const drawn: string[] = [];
  drawInTurn(() => {
    throw new Error('no canvas');
  });
  drawInTurn(() => void drawn.push('the next'));
  frames.shift()?.();
  expect(() => frames.shift()?.()).toThrow('no canvas');
  frames.shift()?.();
  expect(drawn).toEqual(['the next']);
});
