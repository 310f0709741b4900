import type { EpochMs } from '@maplewall/shared/domain/units.ts';
import type { WhatIfIncident } from '@maplewall/shared/wire/what-if.ts';
import { describe, expect, it } from 'vitest';
import { durationWord, mostImproved, signedWord, whatIfAddress, wonBars } from './what-if-words.ts';

describe('what a drawer says of another policy', () => {
  it('is asked for by an address that leaves out what stays as it was', () => {
    const [from, to] = [0 as EpochMs, 3_600_000 as EpochMs];
    const range = 'from=1970-01-01T00%3A00%3A00.000Z&to=1970-01-01T01%3A00%3A00.000Z';
    const asked = (offers?: number, substituteSeconds?: number) =>
      whatIfAddress(from, to, { offers, substituteSeconds });
    expect(asked()).toBe(`/api/what-if?${range}`);
    expect(asked(5, 60)).toBe(`/api/what-if?${range}&offers=5&substitute=60`);
  });

  it('names the bars by the seconds that are nearest to nought, and those within a second neither way', () => {
    const steps = [null, -10, -1, 1, 10].map((fromSeconds, incidents) => ({ fromSeconds, incidents }));
    expect(wonBars(steps)).toEqual([
      { label: '−10', incidents: 0, side: 'later' },
      { label: '−1', incidents: 1, side: 'later' },
      { label: '0', incidents: 2, side: 'same' },
      { label: '+1', incidents: 3, side: 'sooner' },
      { label: '+10', incidents: 4, side: 'sooner' },
    ]);
  });

  it('lists those that won most, and none that won nothing', () => {
    const won = [0, 5, 90, -30, 12].map((wonSeconds) => ({ wonSeconds }) as WhatIfIncident);
    expect(mostImproved(won).map(({ wonSeconds }) => wonSeconds)).toEqual([90, 12, 5]);
  });

  it('writes seconds as people read them', () => {
    expect([null, 0, 59.6, 60, 335.9].map(durationWord)).toEqual(['–', '0', '1:00', '1:00', '5:36']);
    expect([0.04, 1.25, -0.2, 28.6, -321].map(signedWord)).toEqual(['0', '+1.3', '−0.2', '+29', '−321']);
  });
});
