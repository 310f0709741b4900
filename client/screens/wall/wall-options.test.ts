import {
  MOST_FARTHEST_METRES,
  MOST_SCREENS_A_SIDE,
  MOST_WIDTH_METRES,
} from '@maplewall/shared/domain/wall-limits.ts';
import { describe, expect, it } from 'vitest';
import { ONE_SCREEN, pictureOf, wallOptions } from './wall-options.ts';

const options = (words: string) => wallOptions(new URLSearchParams(words));

describe('the address of a wall', () => {
  it('says nothing: the whole wall, dark, still for nobody', () => {
    expect(options('')).toEqual({
      words: '',
      view: 'whole',
      tile: ONE_SCREEN,
      theme: 'dark',
      director: false,
      sound: false,
      visitor: false,
      ghostHeat: false,
      team: undefined,
      room: undefined,
      still: false,
      debug: false,
    });
  });

  it('sets up everything by words', () => {
    const words = 'view=east&theme=light&director=on&sound&width=4.8&farthest=9&ghost=on&team=T001';
    expect(options(words)).toMatchObject({
      view: 'east',
      theme: 'light',
      director: true,
      sound: true,
      ghostHeat: true,
      team: 'T001',
      room: { widthMetres: 4.8, farthestMetres: 9 },
    });
  });

  it.each([
    'span=3x1&tile=3,0',
    'span=0x1&tile=0,0',
    'span=3',
    'span=99x99&tile=1,1',
    'span=-1x2',
    'tile=1,1',
  ])('takes %s for one screen, because no such tile can be', (words) =>
    expect(options(words).tile).toEqual(ONE_SCREEN),
  );

  it('leaves out a room whose measures cannot be', () => {
    for (const words of ['width=4', 'width=0&farthest=5', 'width=NaN&farthest=5', 'width=4&farthest=1e9'])
      expect(options(words).room).toBeUndefined();
  });
});

describe('what the server keeps in a layout', () => {
  it('is read whole, up to its limits', () => {
    const at = MOST_SCREENS_A_SIDE;
    const words = `span=${at}x${at}&tile=${at - 1},${at - 1}&width=${MOST_WIDTH_METRES}&farthest=${MOST_FARTHEST_METRES}`;
    expect(options(words)).toMatchObject({
      tile: { columns: at, rows: at, column: at - 1, row: at - 1 },
      room: { widthMetres: MOST_WIDTH_METRES, farthestMetres: MOST_FARTHEST_METRES },
    });
    expect(options('width=0.1&farthest=0.1').room).toEqual({ widthMetres: 0.1, farthestMetres: 0.1 });
    expect(options(`span=${at + 1}x1&tile=${at},0`).tile).toEqual(ONE_SCREEN);
  });
});

describe('one picture over several screens', () => {
  it('is as large as all of them, and each shows its own part', () => {
    const { tile } = options('span=3x2&tile=2,1');
    expect(pictureOf(tile, 1920, 1080)).toEqual({ width: 5760, height: 2160, left: 3840, top: 1080 });
  });
});
