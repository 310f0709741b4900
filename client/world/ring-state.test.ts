import type { IncidentStage, IncidentState, Priority } from '@maplewall/shared/domain/incident.ts';
import { epochMs, type EpochMs } from '@maplewall/shared/domain/units.ts';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ringState } from './ring-state.ts';
import { EVENING } from './small-city.ts';

const after = (seconds: number): EpochMs => epochMs(EVENING + seconds * 1_000);

/** An incident with the times given, in seconds since it was received. */
const incident = (
  times: Partial<Record<IncidentStage, number>> = {},
  priority: Priority = 2,
  state: IncidentState = 'offered',
) => ({
  priority,
  state,
  times: Object.fromEntries(
    Object.entries({ received: 0, ...times }).map(([stage, seconds]) => [stage, after(seconds)]),
  ),
});

describe('the thirty-second ring', () => {
  it.each([
    { at: 0, expected: { kind: 'running', seconds: 30 } },
    { at: 12, expected: { kind: 'running', seconds: 18 } },
    { at: 29.5, expected: { kind: 'running', seconds: 0.5 } },
    { at: 30, expected: { kind: 'open', seconds: 30 } },
    { at: 119, expected: { kind: 'open', seconds: 119 } },
    { at: 120, expected: { kind: 'none' } },
  ])('counts down while nobody is there, and is open after it: $at s', ({ at, expected }) => {
    expect(ringState(incident(), after(at))).toEqual(expected);
  });

  it.each([
    { arrival: 0, expected: { kind: 'met', seconds: 0 } },
    { arrival: 30, expected: { kind: 'met', seconds: 30 } },
    { arrival: 30.5, expected: { kind: 'late', seconds: 30.5 } },
    { arrival: 95, expected: { kind: 'late', seconds: 95 } },
  ])('ends filled or half by when the first one came: $arrival s', ({ arrival, expected }) => {
    expect(ringState(incident({ onScene: arrival }), after(arrival))).toEqual(expected);
    expect(ringState(incident({ onScene: arrival }), after(119))).toEqual(expected);
  });

  it('takes a stable scene for somebody who is there, where nobody reported the arrival', () => {
    expect(ringState(incident({ stable: 20 }), after(25))).toEqual({ kind: 'met', seconds: 20 });
  });

  it('shows before the arrival, jumped back to, what was shown then', () => {
    const closed = incident({ onScene: 20, closed: 60 }, 2, 'closed');
    const states = [10, 25, 60, 10].map((at) => ringState(closed, after(at)).kind);
    expect(states).toEqual(['running', 'met', 'none', 'running']);
  });

  it.each([
    { name: 'requests', given: incident({}, 4) },
    { name: 'diverted ones', given: incident({}, 3, 'diverted') },
    {
      name: 'cancelled ones',
      given: { ...incident({}, 1, 'cancelled'), times: { received: EVENING, cancelled: after(5) } },
    },
  ])('is not there for $name', ({ given }) => {
    expect(ringState(given, after(6))).toEqual({ kind: 'none' });
  });

  it('loses no second to a source whose clock runs ahead', () => {
    expect(ringState(incident(), after(-40))).toEqual({ kind: 'running', seconds: 30 });
  });

  it('never goes from met to another end, and is met only when somebody came within half a minute', () => {
    fc.assert(
      fc.property(
        fc.nat({ max: 200 }),
        fc.array(fc.nat({ max: 119 }), { minLength: 1 }),
        (arrival, moments) => {
          const given = incident({ onScene: arrival });
          for (const at of moments) {
            const { kind } = ringState(given, after(at));
            const expected = at >= arrival ? (arrival <= 30 ? 'met' : 'late') : at < 30 ? 'running' : 'open';
            expect(kind).toBe(expected);
          }
        },
      ),
      { seed: 91, numRuns: 300 },
    );
  });
});
