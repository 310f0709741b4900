import { describe, expect, it } from 'vitest';
import { arrivalFigures, calibration, judge, type HalfMinute } from './half-minute.ts';

const incident = (given: Partial<HalfMinute>): HalfMinute => ({
  predictedSeconds: 20,
  acceptSeconds: 5,
  offeredSeconds: 2,
  acceptedSeconds: 6,
  arrivedSeconds: 25,
  ...given,
});

describe('a half minute', () => {
  it('is met by whoever arrives in it, whatever was expected', () => {
    expect(judge(incident({}))).toEqual({ met: true });
    expect(judge(incident({ predictedSeconds: undefined, arrivedSeconds: 30 }))).toEqual({ met: true });
    expect(judge(incident({ predictedSeconds: 'nothingKnown', arrivedSeconds: 30 }))).toEqual({ met: true });
  });

  it.each([
    ['nobodyInReach', { predictedSeconds: undefined, arrivedSeconds: undefined }],
    ['nobodyInReach', { predictedSeconds: 31, arrivedSeconds: 40 }],
    ['offeredTooLate', { offeredSeconds: undefined, arrivedSeconds: undefined }],
    ['offeredTooLate', { offeredSeconds: 11, arrivedSeconds: 33 }],
    ['notAccepted', { acceptedSeconds: undefined, arrivedSeconds: undefined }],
    ['notAccepted', { acceptedSeconds: 16, arrivedSeconds: 40 }],
    ['slowerThanThought', { arrivedSeconds: 31 }],
    ['slowerThanThought', { arrivedSeconds: undefined }],
    ['nothingKnown', { predictedSeconds: 'nothingKnown', arrivedSeconds: 31 }],
  ] as const)('is missed for the first thing that went wrong: %s', (why, given) => {
    expect(judge(incident(given))).toEqual({ met: false, why });
  });
});

describe('arrivals of a precinct', () => {
  it('are shares of all incidents, with an interval that is wide for few', () => {
    const { incidents, arrived, within, medianSeconds, p90Seconds } = arrivalFigures([
      10,
      20,
      50,
      100,
      undefined,
    ]);
    expect([incidents, arrived, medianSeconds, p90Seconds]).toEqual([5, 4, 35, 85]);
    expect(within.map(({ seconds, share }) => [seconds, share])).toEqual([
      [30, 0.4],
      [60, 0.6],
      [180, 0.8],
    ]);
    // Wilson's interval of 2 in 5.
    expect(within[0]?.low).toBeCloseTo(0.1176, 3);
    expect(within[0]?.high).toBeCloseTo(0.7693, 3);
  });

  it('say nothing of no incident', () => {
    expect(arrivalFigures([])).toMatchObject({ incidents: 0, medianSeconds: undefined });
    // Three that came in 40 s ago may still be reached within a minute.
    const young = arrivalFigures([100, undefined, undefined, undefined], [900, 40, 40, 40]);
    expect(young.within.map(({ share }) => share)).toEqual([0, 0, 1]);
    expect(arrivalFigures([]).within[0]).toMatchObject({ low: 0, high: 1 });
  });
});

it('calibration puts the middle of what happened beside the middle of what was expected, step by step', () => {
  const pairs = [20, 25, 30, 40, 400].map((predictedSeconds) => ({
    predictedSeconds,
    arrivedSeconds: predictedSeconds * 2,
  }));
  expect(calibration(pairs)).toEqual([
    { upToSeconds: 30, incidents: 3, medianPredictedSeconds: 25, medianActualSeconds: 50 },
    { upToSeconds: 60, incidents: 1, medianPredictedSeconds: 40, medianActualSeconds: 80 },
    { upToSeconds: 120, incidents: 0, medianPredictedSeconds: undefined, medianActualSeconds: undefined },
    { upToSeconds: 300, incidents: 0, medianPredictedSeconds: undefined, medianActualSeconds: undefined },
    { upToSeconds: undefined, incidents: 1, medianPredictedSeconds: 400, medianActualSeconds: 800 },
  ]);
});
