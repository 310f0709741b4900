import { epochMs } from '@maplewall/shared/domain/units.ts';
import { beforeEach, expect, it, vi } from 'vitest';
import { CityTime } from '../../world/city-time.ts';
import { addressBeforeRewind } from '../replay/rewind.ts';

const kept = vi.hoisted(() => new Map<string, string>());
vi.mock('../../stores/page-storage.ts', () => ({
  pageStorage: {
    getItem: (name: string) => kept.get(name) ?? null,
    setItem: (name: string, word: string) => kept.set(name, word),
  },
}));
const { shiftBrief } = await import('./shift-brief.ts');

const time = new CityTime('Asia/Shanghai', 'en');
const at = (hour: number, minute: number, day = 20) => epochMs(Date.UTC(2026, 10, day, hour - 8, minute));
const live = { path: '/wall', search: '?brief=08:30&theme=light' };
beforeEach(() => kept.clear());

it('a wall goes to its briefing once a day, within a quarter of an hour, and knows the way back', () => {
  expect(shiftBrief('08:30', at(8, 29), time, live)).toBeUndefined();
  expect(shiftBrief(undefined, at(8, 30), time, live)).toBeUndefined();
  expect(shiftBrief('08:30', at(8, 45), time, live)).toBeUndefined();
  const address = shiftBrief('08:30', at(8, 40), time, live)?.() ?? '';
  expect(address.startsWith('/briefing/day/2026-11-19?')).toBe(true);
  expect(decodeURIComponent(addressBeforeRewind(new URL(address, 'http://wall').search) ?? '')).toBe(
    '/wall?brief=08:30&theme=light',
  );
  expect(shiftBrief('08:30', at(8, 41), time, live)).toBeUndefined();
  expect(shiftBrief('08:30', at(8, 30, 21), time, live)).toBeDefined();
});
