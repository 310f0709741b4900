import { epochMs } from '@maplewall/shared/domain/units.ts';
import { expect, it } from 'vitest';
import { figuresOf } from './side-figures.ts';

const MINUTE_MS = 60_000;
const at = (minute: number) => epochMs(minute * MINUTE_MS);
const incident = (minute: number) => ({ at: at(minute), category: 'help', priority: 3 }) as never;
const day = {
  whole: { from: at(10), to: at(70) },
  incidents: [incident(5), incident(20), incident(40)],
  coverage: [{ at: at(15), share: 0.412 }],
  staff: [
    { at: at(15), people: 80 },
    { at: at(16), people: 82 },
  ],
};

it('what came in is counted from the beginning of the stretch to the moment shown', () => {
  expect(figuresOf(day, at(30), 3)).toMatchObject({ open: 3, received: 1 });
  expect(figuresOf(day, at(45), 3).received).toBe(2);
});

it('coverage and people are those of the minute shown, and nothing where it is not worked out', () => {
  expect(figuresOf(day, at(17), 0)).toMatchObject({ onDuty: 82, coverage: 0.412 });
  expect(figuresOf(day, at(30), 0)).toMatchObject({ onDuty: undefined, coverage: undefined });
  expect(figuresOf(undefined, at(30), undefined)).toEqual({
    open: undefined,
    received: undefined,
    onDuty: undefined,
    coverage: undefined,
  });
});
