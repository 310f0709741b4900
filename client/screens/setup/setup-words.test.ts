import { describe, expect, it } from 'vitest';
import { wallOptions } from '../wall/wall-options.ts';
import { setupWords } from './setup-words.ts';

const form = {
  width: 4.8,
  farthest: 9,
  columns: 3,
  rows: 1,
  column: 2,
  row: 0,
  view: 'east',
  theme: 'light',
  director: true,
  sound: true,
  ghost: true,
} as const;

describe('the address that the set-up page makes', () => {
  it('is read by the wall as it was filled in', () => {
    expect(wallOptions(new URLSearchParams(setupWords(form)))).toMatchObject({
      room: { widthMetres: 4.8, farthestMetres: 9 },
      tile: { columns: 3, rows: 1, column: 2, row: 0 },
      view: 'east',
      theme: 'light',
      director: true,
      sound: true,
      ghostHeat: true,
    });
  });

  it('leaves out what is usual', () => {
    const usual = {
      ...form,
      columns: 1,
      column: 0,
      view: 'whole',
      theme: 'dark',
      director: false,
      sound: false,
      ghost: false,
    } as const;
    expect(setupWords(usual)).toBe('width=4.8&farthest=9');
  });
});
