import { epochMs } from '@maplewall/shared/domain/units.ts';
import { expect, it } from 'vitest';
import { CityTime } from '../../world/city-time.ts';
import { addressBeforeRewind, rewindAddress } from '../replay/rewind.ts';
import { liveAddress } from './live-address.ts';
import { wallOptions } from './wall-options.ts';

const time = new CityTime('Asia/Shanghai', 'en');
const at = epochMs(Date.UTC(2026, 10, 20, 12));
/** A wall that was opened by a layout's name: its words are not in its address. */
const { words } = wallOptions(new URLSearchParams('view=east&theme=light&team=T1'));
const rewound = (isVisitor: boolean): URL =>
  new URL(rewindAddress(at, time, liveAddress('/wall/east-side', words, isVisitor)), 'http://wall');

it('a wall that is rewound from a saved layout keeps the layout’s words, and has layout and words back at live', () => {
  const { pathname, search, searchParams } = rewound(false);
  expect(pathname).toBe('/replay/2026-11-20/20:00:00');
  expect(wallOptions(searchParams)).toMatchObject({ view: 'east', theme: 'light', team: 'T1' });
  expect(addressBeforeRewind(search)).toBe('/wall/east-side?view=east&theme=light&team=T1');
});

it('a mask that visitors brought by its key is on the replay and on the way back', () => {
  const { search, searchParams } = rewound(true);
  expect(wallOptions(searchParams).visitor).toBe(true);
  expect(addressBeforeRewind(search)).toBe('/wall/east-side?view=east&theme=light&team=T1&visitor=on');
});

it('a mask that was taken off by its key does not come back', () => {
  expect(liveAddress('/wall', 'visitor=on&lang=en', false)).toEqual({ path: '/wall', search: '?lang=en' });
});
