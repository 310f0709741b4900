import type { EpochMs } from '@maplewall/shared/domain/units.ts';
import type { WhatIfAnswer, WhatIfIncident } from '@maplewall/shared/wire/what-if.ts';
import { describe, expect, it } from 'vitest';
import {
  durationWord,
  mostImproved,
  postFeatures,
  signedWord,
  whatIfAddress,
  wonBars,
  wonByPost,
} from './what-if-words.ts';

describe('what a drawer says of another policy', () => {
  it('is asked for by an address that leaves out what stays as it was', () => {
    const [from, to] = [0 as EpochMs, 3_600_000 as EpochMs];
    const range = 'from=1970-01-01T00%3A00%3A00.000Z&to=1970-01-01T01%3A00%3A00.000Z';
    const asked = (
      offers?: number,
      substituteSeconds?: number,
      post?: { readonly lng: number; readonly lat: number },
    ) => whatIfAddress(from, to, { offers, substituteSeconds, post });
    expect(asked(undefined, undefined, { lng: 120.55, lat: 27.5512345678 })).toBe(
      `/api/what-if?${range}&post=120.550000%2C27.551235`,
    );
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

  it('calls the seconds a post’s own only where nothing else is supposed', () => {
    const answer = (policy: object) =>
      ({
        policy: { offers: null, substituteSeconds: null, post: { lng: 1, lat: 2 }, ...policy },
        incidents: [{ incidentId: 'A' }],
      }) as unknown as WhatIfAnswer;
    expect(wonByPost(answer({})).length).toBe(1);
    for (const other of [{ offers: 5 }, { substituteSeconds: 60 }, { post: null }])
      expect(wonByPost(answer(other))).toEqual([]);
    expect(wonByPost(undefined)).toEqual([]);
  });

  it('writes seconds as people read them', () => {
    expect([null, 0, 59.6, 60, 335.9].map(durationWord)).toEqual(['–', '0', '1:00', '1:00', '5:36']);
    expect([0.04, 1.25, -0.2, 28.6, -321].map(signedWord)).toEqual(['0', '+1.3', '−0.2', '+29', '−321']);
  });

  it('stands on the map as a post more, with the seconds won where it helps most', () => {
    const incident = (incidentId: string, wonSeconds: number) =>
      ({ incidentId, wonSeconds, lng: 120.5, lat: 27.5 }) as WhatIfIncident;
    const drawn = postFeatures(
      { lng: 120.6, lat: 27.6 },
      [incident('A', 0.2), incident('B', 31)],
      (seconds) => `${seconds} s`,
    );
    expect(drawn.map(({ properties, geometry }) => [properties, geometry.coordinates])).toEqual([
      [{ what: 'spot', label: '+1' }, [120.6, 27.6]],
      [{ what: 'number', label: '+31 s' }, [120.5, 27.5]],
    ]);
  });
});
