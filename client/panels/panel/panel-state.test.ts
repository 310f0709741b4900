import { describe, expect, it } from 'vitest';
import { headWord, panelState, type Standing } from './panel-state.ts';

const standing = (given: Partial<Standing>): Standing => ({
  asOf: 100_000,
  asOfWords: '',
  now: 100_000,
  staleAfterMs: 15_000,
  failed: false,
  ...given,
});

describe('the state of a panel', () => {
  it.each([
    ['loading', 'nothing came yet', { asOf: undefined }, true],
    ['failed', 'nothing came and reading failed', { asOf: undefined, failed: true }, true],
    ['ready', 'what it shows is of now', {}, false],
    ['ready', 'it is as old as it may be', { now: 115_000 }, false],
    ['stale', 'it is older than that', { now: 115_001 }, false],
    ['stale', 'it is old and was empty: nobody knows whether it still is', { now: 115_001 }, true],
    ['empty', 'it is of now and there is nothing', {}, true],
    ['empty', 'nothing of the kind was ever heard of, whatever it counts', { unheard: 'nobody' }, false],
    ['ready', 'the last reading failed but what was read before is not old', { failed: true }, false],
    ['stale', 'readings fail until what was read is old', { failed: true, now: 200_000 }, false],
    ['ready', 'its time lies ahead by clocks that differ', { now: 90_000 }, false],
  ] as const)('is %s when %s', (state, _when, given, isEmpty) => {
    expect(panelState(standing(given), isEmpty)).toBe(state);
  });
});

describe('the head of a panel', () => {
  it('says of figures that are known now that they are, where all else is as it was known then', () => {
    expect(headWord(standing({}), 'ready')).toBe('asOf');
    expect(headWord(standing({ knownNow: 'all' }), 'ready')).toBe('knownNow');
    expect(headWord(standing({ knownNow: 'daysBefore' }), 'ready')).toBe('daysBeforeKnownNow');
  });

  it('says first of all that they are old', () => {
    expect(headWord(standing({ knownNow: 'all' }), 'stale')).toBe('stale');
  });
});
