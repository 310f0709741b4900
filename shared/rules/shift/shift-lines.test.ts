import { describe, expect, it } from 'vitest';
import { epochMs } from '../../domain/units.ts';
import {
  MOST_LINES,
  shiftLines,
  type ShiftFacts,
  type ShiftIncident,
  type ShiftMoment,
} from './shift-lines.ts';

const SINCE = epochMs(Date.parse('2026-11-20T08:00:00+08:00'));
const after = (minutes: number) => epochMs(SINCE + minutes * 60_000);
const moment = (minutes: number, more: Partial<ShiftMoment> = {}): ShiftMoment => ({
  at: after(minutes),
  people: { volunteer: 10, sentry: 4, officer: 3, gridWorker: 0 },
  posts: new Map([['GATE', after(-300)]]),
  sources: new Map([['110', after(minutes)]]),
  ...more,
});
const quiet: ShiftFacts = {
  since: SINCE,
  before: moment(0),
  now: moment(480),
  received: [],
  open: [],
  halfMinutes: [],
  coverage: [],
};
const incident = (minutes: number, more: Partial<ShiftIncident> = {}): ShiftIncident => ({
  incidentId: `J${minutes}`,
  category: 'help',
  priority: 3,
  place: '东门街',
  receivedAt: after(minutes),
  ...more,
});

describe('the lines of a shift card', () => {
  it('are none where nothing changed', () => {
    expect(shiftLines(quiet)).toEqual([]);
  });

  it('tell of incidents by priority, the worst open one, and how many half minutes were missed', () => {
    const old = incident(-30, { priority: 2 });
    const fresh = incident(100, { priority: 1 });
    const lines = shiftLines({
      ...quiet,
      received: [incident(60), fresh],
      open: [old, fresh],
      halfMinutes: [
        { ...incident(60), met: true, arrivedSeconds: 20 },
        { ...fresh, met: false, arrivedSeconds: 90.4 },
      ],
    });
    expect(lines).toMatchObject([
      {
        kind: 'worstOpen',
        at: after(100),
        figures: { minutes: 380, open: 2 },
        incident: { incidentId: 'J100' },
      },
      { kind: 'incidents', at: after(100), figures: { received: 2, p1: 1, p3: 1, open: 1, openBefore: 1 } },
      { kind: 'missed', figures: { missed: 1, all: 2, seconds: 90 }, incident: { incidentId: 'J100' } },
    ]);
  });

  it('tell of coverage then, now and at its lowest, and of posts, people and sources that changed', () => {
    const lines = shiftLines({
      ...quiet,
      now: moment(480, {
        people: { volunteer: 12, sentry: 3, officer: 3, gridWorker: 0 },
        posts: new Map([['MARKET', after(90)]]),
        sources: new Map([
          ['110', after(480)],
          ['phones', after(200)],
          ['long gone', after(-5_000)],
        ]),
      }),
      coverage: [0.04, 0.01, 0.03].map((share, index) => ({ at: after(index * 235), share })),
    });
    expect(lines).toMatchObject([
      { kind: 'silent', at: after(200), figures: { count: 1, minutes: 280 }, left: ['phones'] },
      { kind: 'coverage', at: after(235), figures: { before: 0.04, now: 0.03, lowest: 0.01 } },
      { kind: 'posts', at: after(90), left: ['GATE'], taken: ['MARKET'], figures: { before: 1, now: 1 } },
      { kind: 'people', figures: { before: 17, now: 18, volunteer: 2, sentry: -1 } },
    ]);
    // What is not worked out near then tells nothing of then.
    expect(
      shiftLines({
        ...quiet,
        coverage: [
          { at: after(100), share: 0.04 },
          { at: after(479), share: 0.1 },
        ],
      }),
    ).toEqual([]);
    // History that does not reach back so far tells nothing of what changed since.
    expect(shiftLines({ ...quiet, before: undefined, now: moment(480, { posts: new Map() }) })).toEqual([]);
  });

  it('are six at most: of seven the least pressing is left out', () => {
    const fresh = incident(100);
    const lines = shiftLines({
      ...quiet,
      now: moment(480, {
        people: { volunteer: 0, sentry: 0, officer: 0, gridWorker: 0 },
        posts: new Map(),
        sources: new Map([['phones', after(200)]]),
      }),
      received: [fresh],
      open: [fresh],
      halfMinutes: [{ ...fresh, met: false, arrivedSeconds: null }],
      coverage: [0.04, 0.01].map((share, index) => ({ at: after(index * 479), share })),
    });
    expect(lines.map(({ kind }) => kind)).toEqual([
      'silent',
      'worstOpen',
      'incidents',
      'missed',
      'coverage',
      'posts',
    ]);
    expect(lines.length).toBe(MOST_LINES);
  });
});
