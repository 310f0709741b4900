import type { EpochMs } from '@maplewall/shared/domain/units.ts';
import { expect, it } from 'vitest';
import {
  besideAddress,
  compareAddress,
  momentsBeside,
  partOfDay,
  passesMidnight,
  stretchOn,
} from './compare-address.ts';

const HOUR_MS = 3_600_000;
const ZONE = 'Asia/Shanghai';
const at = (text: string) => Date.parse(text) as EpochMs;
const dayAt = (hours: number) => ({
  startsAt: (hours * HOUR_MS) as EpochMs,
  endsAt: ((hours + 24) * HOUR_MS) as EpochMs,
});
const asked = (now: number, own = dayAt(168), other = dayAt(0)) => {
  const query = new URLSearchParams(compareAddress(own, other, now as EpochMs)?.split('?')[1]);
  return [query.get('a'), query.get('b')].map((range) =>
    range?.split('/').map((moment) => Date.parse(moment) / HOUR_MS),
  );
};

it('two days that are over are compared as a whole, the other one first', () => {
  expect(asked(500 * HOUR_MS)).toEqual([
    [0, 24],
    [168, 192],
  ]);
});

it('a day that is not over is compared up to now, and the other up to the same time of its day', () => {
  expect(asked(178.5 * HOUR_MS)).toEqual([
    [0, 10.5],
    [168, 178.5],
  ]);
});

it('a whole day is compared with one that is not over up to the time of day that this has reached', () => {
  expect(asked(178.5 * HOUR_MS, dayAt(0), dayAt(168))).toEqual([
    [168, 178.5],
    [0, 10.5],
  ]);
});

it('hours that have not begun are not compared', () => {
  expect(compareAddress(dayAt(168), dayAt(0), (167 * HOUR_MS) as EpochMs)).toBeUndefined();
});

it('an evening is compared with the same hours of another day by the city’s clock, as long as it is itself', () => {
  const evening = partOfDay('2026-11-27', [18, 24], ZONE);
  expect(evening).toEqual({ from: at('2026-11-27T18:00+08:00'), to: at('2026-11-28T00:00+08:00') });
  if (evening === undefined) throw new Error('there is no evening');
  expect(stretchOn('2026-11-20', '18:00', evening, ZONE)).toEqual({
    startsAt: at('2026-11-20T18:00+08:00'),
    endsAt: at('2026-11-21T00:00+08:00'),
  });
});

it('the same hours are those of the clock where it was changed between the days', () => {
  // Berlin was set back on the 25th of October 2026.
  const passage = { from: at('2026-10-26T18:00+01:00'), to: at('2026-10-26T20:00+01:00') };
  expect(stretchOn('2026-10-19', '18:00:00', passage, 'Europe/Berlin')?.startsAt).toBe(
    at('2026-10-19T18:00+02:00'),
  );
});

it('a time that is half typed names no hours', () => {
  const passage = { from: at('2026-11-27T18:00+08:00'), to: at('2026-11-27T20:00+08:00') };
  expect(stretchOn('2026-11-20', '', passage, ZONE)).toBeUndefined();
});

it('the page of two maps keeps language, theme, mask and what is known, and forgets what a replay alone has', () => {
  expect(
    besideAddress(
      { day: '2026-11-20', clock: '18:00:00' },
      { day: '2026-11-27', clock: '18:00:00' },
      14_400,
      '?lang=en&visitor=on&as=then&speed=60',
    ),
  ).toBe('/compare/2026-11-20T18:00:00/2026-11-27T18:00:00?lang=en&visitor=on&as=then&seconds=14400');
});

it('the moment shown has its place in the other stretch as long since that began, and lies within both', () => {
  const [own, other] = [dayAt(168), dayAt(0)];
  const beside = (hours: number, until?: number) => {
    const found = momentsBeside(
      own,
      other,
      (hours * HOUR_MS) as EpochMs,
      until === undefined ? undefined : ((until * HOUR_MS) as EpochMs),
    );
    return [found.own / HOUR_MS, found.other / HOUR_MS];
  };
  expect(beside(170.5)).toEqual([170.5, 2.5]);
  expect(beside(160)).toEqual([168, 0]);
  expect(beside(200)).toEqual([192, 24]);
  expect(beside(190, 180)).toEqual([180, 12]);
});

it('a part of a day is that of the clock where it is changed within it', () => {
  // Berlin is set back at three on the 25th of October 2026, and forward at two on the 29th of March.
  expect(partOfDay('2026-10-25', [0, 6], 'Europe/Berlin')).toEqual({
    from: at('2026-10-25T00:00+02:00'),
    to: at('2026-10-25T06:00+01:00'),
  });
  expect(partOfDay('2026-03-29', [0, 6], 'Europe/Berlin')?.to).toBe(at('2026-03-29T06:00+02:00'));
});

it('hours that go on behind the midnight of their day are told from those that end there', () => {
  const hours = (from: string, to: string) => ({ startsAt: at(from), endsAt: at(to) });
  expect(passesMidnight(hours('2026-11-20T22:00+08:00', '2026-11-21T02:00+08:00'), '2026-11-20', ZONE)).toBe(
    true,
  );
  expect(passesMidnight(hours('2026-11-20T18:00+08:00', '2026-11-21T00:00+08:00'), '2026-11-20', ZONE)).toBe(
    false,
  );
});
