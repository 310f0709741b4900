import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CATEGORIES, PRIORITIES } from '../../domain/incident.ts';
import { epochMs } from '../../domain/units.ts';
import { BRIEFING_SECONDS, chaptersOf, MOST_CHAPTERS } from './chapters.ts';
import type { DayFacts, IncidentFacts } from './day-facts.ts';

const START = epochMs(Date.parse('2026-11-20T00:00:00+08:00'));
const DAY_MS = 86_400_000;
const MINUTE_MS = 60_000;
const at = (minutes: number) => epochMs(START + minutes * MINUTE_MS);

const emptyDay: DayFacts = {
  startsAt: START,
  endsAt: epochMs(START + DAY_MS),
  box: [120.38, 27.4, 120.8, 27.68],
  incidents: [],
  coverage: [],
  hours: [],
  minutesWithRecords: [],
};

let number = 0;
const incident = (minutes: number, more: Partial<IncidentFacts> = {}): IncidentFacts => ({
  incidentId: `J${(number += 1)}`,
  receivedAt: at(minutes),
  category: 'help',
  priority: 3,
  // Far from one another, unless a test says otherwise.
  lng: 120.4 + number / 100,
  lat: 27.5,
  place: '东门街',
  arrivedAt: epochMs(at(minutes) + 20_000),
  firstBy: undefined,
  expectedSeconds: undefined,
  leftAt: at(minutes + 10),
  people: 1,
  refusals: 0,
  ...more,
});
const quietDay = (more: readonly IncidentFacts[]): DayFacts => ({
  ...emptyDay,
  incidents: [...[100, 300, 500, 700, 900].map((minutes) => incident(minutes)), ...more].toSorted(
    (a, b) => a.receivedAt - b.receivedAt,
  ),
});
const kindsOf = (facts: DayFacts): readonly string[] => chaptersOf(facts).map(({ kind }) => kind);
const onlyChapter = (facts: DayFacts) => {
  const [first, ...others] = chaptersOf(facts);
  expect(others).toEqual([]);
  return first;
};

describe('the chapters of a day', () => {
  it('are none where nothing happened, and none where nothing stands out', () => {
    expect(chaptersOf(emptyDay)).toEqual([]);
    expect(chaptersOf(quietDay([]))).toEqual([]);
  });

  it('tell the slowest first arrival, beside the median and what was expected', () => {
    const slow = incident(600, {
      arrivedAt: epochMs(at(600) + 400_000),
      expectedSeconds: 27,
      priority: 2,
    });
    expect(onlyChapter(quietDay([slow]))).toMatchObject({
      kind: 'slowestArrival',
      incident: { incidentId: slow.incidentId },
      figures: [
        { name: 'arrival', value: 400, unit: 'seconds' },
        { name: 'medianArrival', value: 20, sample: 6 },
        { name: 'expected', value: 27 },
      ],
    });
  });

  it('tell of no slow arrival where too few came, or where all came in time', () => {
    const slow = incident(600, { arrivedAt: epochMs(at(600) + 400_000) });
    expect(chaptersOf({ ...emptyDay, incidents: [slow] })).toEqual([]);
  });

  it('tell the help of a volunteer who was there first and in time, and not that of an officer', () => {
    const by = (kind: 'volunteer' | 'officer') =>
      ({ firstBy: { responderId: 'R1', kind }, priority: 1 }) as const;
    expect(onlyChapter(quietDay([incident(600, by('volunteer'))]))).toMatchObject({
      kind: 'volunteerHelp',
      responder: { responderId: 'R1', kind: 'volunteer' },
    });
    expect(chaptersOf(quietDay([incident(600, by('officer'))]))).toEqual([]);
  });

  it('tell the largest cluster in space and time, with a box round it', () => {
    const near = [600, 610, 620, 630].map((minutes) => incident(minutes, { lng: 120.6, lat: 27.6 }));
    const later = incident(800, { lng: 120.6, lat: 27.6 });
    expect(onlyChapter(quietDay([...near, later]))).toMatchObject({
      kind: 'cluster',
      about: near.map(({ incidentId }) => incidentId),
      focus: { kind: 'box', box: [120.597, 27.597, 120.603, 27.603] },
      figures: [{ value: 4, sample: 10 }, { value: 30 }, { value: 500 }],
    });
  });

  it('tell the hour that lies most above the usual band, and none where it is not known what is usual', () => {
    const hour = (index: number, received: number, usual: DayFacts['hours'][number]['usual']) => ({
      from: at(index * 60),
      to: at(index * 60 + 60),
      received,
      usual,
    });
    const usual = { median: 4, high: 6, days: 4 };
    expect(
      onlyChapter({ ...emptyDay, hours: [hour(3, 9, usual), hour(4, 12, usual), hour(5, 6, usual)] }),
    ).toMatchObject({
      kind: 'busiestHour',
      from: at(240),
      to: at(300),
      figures: [{ value: 12 }, { value: 4 }, {}],
    });
    expect(chaptersOf({ ...emptyDay, hours: [hour(4, 12, undefined)] })).toEqual([]);
  });

  it('tell the longest stretch of low coverage, and none of a day that is not worked out', () => {
    const coverage = Array.from({ length: 1_440 }, (_, minute) => ({
      at: at(minute),
      share: minute >= 120 && minute < 150 ? (minute === 130 ? 0.01 : 0.02) : 0.06,
    }));
    expect(onlyChapter({ ...emptyDay, coverage })).toMatchObject({
      kind: 'coverageHole',
      at: at(130),
      figures: [
        { name: 'minutes', value: 30 },
        { name: 'lowest', value: 0.01 },
        { value: 0.06, sample: 1_440 },
      ],
    });
    expect(chaptersOf({ ...emptyDay, coverage: coverage.slice(100, 155) })).toEqual([]);
    // A part of the day that is worked out says nothing of the day, nor does every tenth minute of a stretch of it.
    const minutesWithRecords = coverage.map((point) => point.at);
    const begun = { ...emptyDay, minutesWithRecords, coverage: coverage.slice(0, 700) };
    expect(kindsOf(begun)).not.toContain('coverageHole');
    const sparse = coverage.filter((_, minute) => minute % 10 === 0);
    expect(kindsOf({ ...emptyDay, coverage: sparse })).not.toContain('coverageHole');
  });

  it('tell the incident that was open longest, also when it still was at the end of the day', () => {
    const open = incident(1_200, { leftAt: undefined });
    expect(onlyChapter(quietDay([open]))).toMatchObject({
      kind: 'longestOpen',
      figures: [{ value: 240 }, {}],
    });
  });

  it('tell the largest turnout, the most refused offers and the longest hole in the data', () => {
    expect(kindsOf(quietDay([incident(600, { people: 5 })]))).toEqual(['largestTurnout']);
    expect(kindsOf(quietDay([incident(600, { refusals: 4 })]))).toEqual(['mostRefusals']);
    const minutesWithRecords = [0, 1, 2, 40, 41].map(at);
    expect(onlyChapter({ ...emptyDay, minutesWithRecords })).toMatchObject({
      kind: 'silence',
      figures: [{ name: 'minutes', value: 37 }],
    });
  });

  it('tell an incident once, by the rule for which it stands out more', () => {
    const both = incident(600, { people: 4, refusals: 40 });
    expect(kindsOf(quietDay([both]))).toEqual(['mostRefusals']);
  });
});

const seconds = fc.integer({ min: 0, max: 86_399 });
const incidentArbitrary = fc.record({
  incidentId: fc.integer({ min: 0, max: 500 }).map((id) => `J${id}`),
  receivedAt: seconds.map((second) => epochMs(START + second * 1_000)),
  category: fc.constantFrom(...CATEGORIES),
  priority: fc.constantFrom(...PRIORITIES),
  lng: fc.double({ min: 120.5, max: 120.52, noNaN: true }),
  lat: fc.double({ min: 27.5, max: 27.52, noNaN: true }),
  place: fc.constant('x'),
  arrived: fc.option(fc.integer({ min: 0, max: 5_000 }), { nil: undefined }),
  left: fc.option(fc.integer({ min: 0, max: 90_000 }), { nil: undefined }),
  firstBy: fc.option(
    fc.record({ responderId: fc.constant('R'), kind: fc.constantFrom('volunteer', 'officer') }),
    { nil: undefined },
  ),
  expectedSeconds: fc.option(fc.integer({ min: 0, max: 300 }), { nil: undefined }),
  people: fc.integer({ min: 0, max: 9 }),
  refusals: fc.integer({ min: 0, max: 9 }),
});
/** Days of any length, with what may come: also what ends after the day. */
const dayArbitrary = fc
  .record({
    minutes: fc.integer({ min: 0, max: 1_500 }),
    incidents: fc.array(incidentArbitrary, { maxLength: 60 }),
    shares: fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { maxLength: 300 }),
    received: fc.array(fc.integer({ min: 0, max: 40 }), { maxLength: 25 }),
    records: fc.uniqueArray(fc.integer({ min: 0, max: 1_439 }), { maxLength: 50 }),
  })
  .map(({ minutes, incidents, shares, received, records }): DayFacts => ({
    ...emptyDay,
    endsAt: at(minutes),
    incidents: incidents
      .map(({ arrived, left, ...one }) => ({
        ...one,
        arrivedAt: arrived === undefined ? undefined : epochMs(one.receivedAt + arrived * 1_000),
        leftAt: left === undefined ? undefined : epochMs(one.receivedAt + left * 1_000),
      }))
      .toSorted((a, b) => a.receivedAt - b.receivedAt),
    coverage: shares.map((share, index) => ({ at: at(index * 5), share })),
    hours: received.map((count, index) => ({
      from: at(index * 60),
      to: at(index * 60 + 60),
      received: count,
      usual: index % 5 === 0 ? undefined : { median: 5, high: 8, days: 4 },
    })),
    minutesWithRecords: records.toSorted((a, b) => a - b).map(at),
  }));

describe('the chapters of any day', () => {
  it('are eight at most, take 90 seconds at most, lie within the day, in order, and are the same again', () => {
    fc.assert(
      fc.property(dayArbitrary, (facts) => {
        const chapters = chaptersOf(facts);
        expect(chapters.length).toBeLessThanOrEqual(MOST_CHAPTERS);
        expect(chapters.reduce((sum, { seconds: took }) => sum + took, 0)).toBeLessThanOrEqual(
          BRIEFING_SECONDS,
        );
        let before = facts.startsAt;
        for (const chapter of chapters) {
          expect(chapter.from).toBeGreaterThanOrEqual(before);
          before = chapter.from;
          expect(chapter.to).toBeGreaterThan(chapter.from);
          expect(chapter.to).toBeLessThanOrEqual(facts.endsAt);
          expect(chapter.at >= chapter.from && chapter.at <= chapter.to).toBe(true);
          expect((chapter.to - chapter.from) / chapter.speed).toBeLessThanOrEqual(chapter.seconds * 1_000);
          expect(chapter.score >= 0 && chapter.score <= 1).toBe(true);
          for (const { value } of chapter.figures) expect(Number.isFinite(value)).toBe(true);
        }
        const about = chapters.flatMap((chapter) => [...new Set(chapter.about)]);
        expect(new Set(about).size).toBe(about.length);
        expect(chaptersOf(structuredClone(facts))).toEqual(chapters);
      }),
      { numRuns: 500 },
    );
  });
});
