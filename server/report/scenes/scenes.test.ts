import { inflateSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { City } from '@maplewall/shared/domain/city.ts';
import { epochMs } from '@maplewall/shared/domain/units.ts';
import { CHAPTER_KINDS, type Chapter, type ChapterKind } from '@maplewall/shared/rules/chapters/chapter.ts';
import { arrivalFigures } from '@maplewall/shared/rules/half-minute.ts';
import type { HistoryIncident } from '@maplewall/shared/wire/history.ts';
import { HOUR_COUNTERS } from '@maplewall/shared/world/hour-counts.ts';
import { AskFault } from '../ask-gateway.ts';
import type { ReportData } from '../report-data.ts';
import { reportPdf } from '../report-pdf.ts';
import { ReportWords } from '../report-words.ts';
import { clippedLine, clippedRing, isInside, simplified, widened, type Place } from './flat-shapes.ts';
import { contentOf } from './scene-content.ts';
import { gatherScenes, ordinaryMinute, type Drawn, type PackDrawings } from './scene-data.ts';
import { groundOf, MOST_CORNERS } from './scene-ground.ts';
import { keyOf } from './scene-key.ts';
import { halfOf, mergedMarks } from './scene-marks.ts';
import { scaleBar, viewOf } from './scene-view.ts';

const RECT = { left: 0, top: 0, right: 240, bottom: 144 };
const CENTRE = { lng: 120.56, lat: 27.54 };
const STARTS = Date.parse('2026-11-20T00:00:00+08:00');
const at = (minutes: number) => epochMs(STARTS + minutes * 60_000);

const drawn = (type: string, coordinates: unknown, properties: Drawn['properties'] = {}): Drawn => ({
  properties,
  geometry: { type, coordinates },
});
/** So many degrees to each side of the middle. */
const oblong = (wide: number, high: number, properties: Drawn['properties'] = {}): Drawn => {
  const [west, south, east, north] = [
    CENTRE.lng - wide,
    CENTRE.lat - high,
    CENTRE.lng + wide,
    CENTRE.lat + high,
  ];
  const ring = [
    [west, south],
    [east, south],
    [east, north],
    [west, north],
    [west, south],
  ];
  return drawn('Polygon', [ring], properties);
};
const square = (half: number, properties: Drawn['properties'] = {}): Drawn => oblong(half, half, properties);
/** A net of streets, wide ones and lanes by turns, that reaches beyond the city. */
const streets = Array.from({ length: 60 }, (_, index) => {
  const lat = CENTRE.lat + (index - 30) * 0.001;
  const line = [
    [CENTRE.lng - 0.1, lat],
    [CENTRE.lng, lat + 0.0001],
    [CENTRE.lng + 0.1, lat],
  ];
  return drawn('LineString', line, {
    class: index % 4 === 0 ? 'arterial' : 'lane',
    name: index === 32 ? '龙港大道' : '',
    nameEn: '',
  });
});
const pack: PackDrawings = {
  boundary: [square(0.04)],
  water: [square(0.005)],
  roads: streets,
  blocks: [square(0.001, { id: 'B' })],
};
const bare: PackDrawings = { boundary: pack.boundary, water: [], roads: [], blocks: [] };

const incidents: readonly HistoryIncident[] = Array.from({ length: 6 }, (_, index) => ({
  incidentId: `J${index}`,
  at: at(60 + index),
  category: 'help',
  priority: 2,
  lng: CENTRE.lng + index * 0.001,
  lat: CENTRE.lat,
  place: `龙港大道${index}号`,
}));
const city: City = {
  formatVersion: 1,
  id: 'x',
  name: { zh: '龙港市', en: 'Longgang' },
  centre: CENTRE,
  bounds: [120.4, 27.4, 120.8, 27.7],
  timeZone: 'Asia/Shanghai',
  coordinateSystem: 'WGS84',
  notice: null,
  attribution: '© OpenStreetMap contributors',
  precincts: [],
  stations: [],
  posts: [
    { id: 'GATE', name: { zh: '门岗', en: 'Gate' }, precinctId: 'P', ...CENTRE },
    { id: 'PIER', name: { zh: '码头', en: 'Pier' }, precinctId: 'P', lng: CENTRE.lng, lat: 27.55 },
  ] as City['posts'],
  teams: [],
  subCategories: [],
};
const OF_THE_CITY: ReadonlySet<ChapterKind> = new Set(['busiestHour', 'coverageHole', 'silence']);
const chapter = (kind: ChapterKind): Chapter => ({
  kind,
  score: 1,
  at: at(60),
  from: at(60),
  to: at(120),
  focus: OF_THE_CITY.has(kind)
    ? { kind: 'box', box: [120.4, 27.4, 120.8, 27.7] }
    : { kind: 'point', ...CENTRE },
  incident: OF_THE_CITY.has(kind)
    ? null
    : { incidentId: 'J0', category: 'help', priority: 2, place: '龙港大道0号' },
  about: OF_THE_CITY.has(kind)
    ? []
    : kind === 'cluster'
      ? incidents.map(({ incidentId }) => incidentId)
      : ['J0'],
  responder: kind === 'volunteerHelp' ? { responderId: 'V', kind: 'volunteer' } : null,
  figures: [{ name: 'radius', value: 500, unit: 'metres', sample: null }],
  speed: 1,
  seconds: 10,
});
const chapters = CHAPTER_KINDS.map(chapter);
const minute = (minutes: number, share: number) =>
  ({ at: at(minutes), onDuty: 1, blocks: [share], places: [null], incidents: [null] }) as const;
const course = [minute(1, 0.5), minute(30, 0.4), minute(60, 0.1), minute(90, 0.4), minute(200, 0.6)];

describe('shapes on paper', () => {
  const place = fc.tuple(
    fc.double({ min: -300, max: 500, noNaN: true }),
    fc.double({ min: -300, max: 400, noNaN: true }),
  );
  const line = fc.array(place, { minLength: 2, maxLength: 12 });

  it('stay within the frame when they are cut, and a line that lies in it stays as it is', () => {
    fc.assert(
      fc.property(line, (places) => {
        const parts = [...clippedLine(places, RECT), clippedRing(places, RECT)];
        for (const one of parts.flat()) expect(isInside(one, widened(RECT, 1e-6))).toBe(true);
      }),
    );
    const inner: readonly Place[] = [
      [1, 1],
      [100, 50],
      [20, 143],
    ];
    expect(clippedLine(inner, RECT)).toEqual([inner]);
    // Out at the right and in again: two parts.
    expect(
      clippedLine(
        [
          [200, 10],
          [300, 10],
          [300, 20],
          [200, 20],
        ],
        RECT,
      ),
    ).toEqual([
      [
        [200, 10],
        [240, 10],
      ],
      [
        [240, 20],
        [200, 20],
      ],
    ]);
  });

  it('lose corners only where no printer shows them', () => {
    const wave: readonly Place[] = Array.from({ length: 500 }, (_, x) => [x / 2, 20 * Math.sin(x / 40)]);
    const fewer = simplified(wave, 0.24);
    expect(fewer.length).toBeLessThan(60);
    for (const [x, y] of wave) {
      const after = fewer.findIndex(([other]) => other >= x);
      const [[x1, y1] = [x, y], [x2, y2] = [x, y]] = [fewer[Math.max(0, after - 1)], fewer[after]];
      const between = x2 === x1 ? y2 : y1 + ((y2 - y1) * (x - x1)) / (x2 - x1);
      expect(Math.abs(y - between)).toBeLessThan(0.5);
    }
  });

  it('have a scale of a round length, which is at most as wide as there is room', () => {
    expect(scaleBar(6, 60)).toEqual({ metres: 200, points: 200 / 6 });
    expect(scaleBar(100, 60)).toEqual({ metres: 5_000, points: 50 });
    const view = viewOf({ west: 120.55, south: 27.53, east: 120.57, north: 27.55 }, RECT);
    const [, top] = view.place(120.56, 27.55);
    expect(top).toBeCloseTo(0);
    expect(view.place(120.56, 27.54)[0]).toBeCloseTo(120);
  });

  it('are bounded in one scene, whatever the pack holds: narrow streets go first', () => {
    const many = Array.from({ length: 4_000 }, (_, index) =>
      drawn(
        'LineString',
        Array.from({ length: 6 }, (__, corner) => [
          CENTRE.lng - 0.004 + 0.0015 * corner,
          CENTRE.lat - 0.004 + 0.000002 * index + 0.0006 * (corner % 2),
        ]),
        { class: index < 100 ? 'street' : 'lane', name: '', nameEn: '' },
      ),
    );
    const bounds = { west: 120.555, south: 27.535, east: 120.565, north: 27.545 };
    const { streets: shown } = groundOf({ ...pack, roads: many }, viewOf(bounds, RECT));
    const corners = shown.flatMap(({ lines }) => lines).reduce((sum, { length }) => sum + length, 0);
    expect(corners).toBeLessThanOrEqual(MOST_CORNERS);
    expect(corners).toBeGreaterThan(MOST_CORNERS * 0.9);
    expect(shown.find((one) => one.class === 'street')?.lines.length).toBe(100);
  });
});

describe('marks on paper', () => {
  it('never lie over one another: those too near become one of the most urgent, with their number', () => {
    const mark = fc.record({
      at: fc.tuple(fc.integer({ min: 0, max: 240 }), fc.integer({ min: 0, max: 144 })),
      category: fc.constant('help' as const),
      priority: fc.constantFrom(1, 2, 3, 4),
    });
    fc.assert(
      fc.property(fc.array(mark, { maxLength: 60 }), (marks) => {
        const merged = mergedMarks(marks, RECT);
        expect(merged.reduce((sum, { count }) => sum + count, 0)).toBe(marks.length);
        merged.forEach((one, index) => {
          for (const other of merged.slice(index + 1)) {
            const apart = Math.max(Math.abs(one.at[0] - other.at[0]), Math.abs(one.at[1] - other.at[1]));
            expect(apart).toBeGreaterThanOrEqual(halfOf(one) + halfOf(other));
          }
        });
      }),
    );
  });
});

describe('what a scene shows', () => {
  it('is the city and the marks where a pack has no streets', () => {
    const content = contentOf(chapter('busiestHour'), {}, { city, pack: bare, incidents }, RECT);
    expect(content.incidents).toBe(6);
    expect(content.ground.edge.length).toBeGreaterThan(0);
    expect(content.ground.streets.flatMap(({ lines }) => lines)).toEqual([]);
    // The city fills the frame, not the bounds in which positions are taken.
    expect(content.view.shown.north).toBeLessThan(27.6);
  });

  it('is the whole circle of a cluster, and the incident itself where it came in the day before', () => {
    const { circle, view } = contentOf(chapter('cluster'), {}, { city, pack, incidents }, RECT);
    expect((circle?.points ?? 0) * view.metresPerPoint).toBeCloseTo(500);
    expect((circle?.at[1] ?? 0) - (circle?.points ?? 0)).toBeGreaterThan(0);
    const { marks } = contentOf(chapter('longestOpen'), {}, { city, pack, incidents: [] }, RECT);
    expect(marks).toMatchObject([{ category: 'help', priority: 2, count: 1 }]);
  });

  it('is named in its key once, and only if it is seen', () => {
    const words = new ReportWords('zh-CN', city.timeZone);
    const texts = (kind: ChapterKind, drawings = pack) =>
      keyOf(contentOf(chapter(kind), {}, { city, pack: drawings, incidents }, RECT), words).map(
        ({ text }) => text,
      );
    expect(texts('longestOpen')).toEqual(['二级求助']);
    expect(texts('cluster')).toEqual(['图上警情 6 起，角上数字为合并的起数', '半径 500 米']);
    expect(texts('silence')).toEqual(['这段时间没有记录', '市界']);
    // The edge runs along the frame, just outside of it.
    const { shown } = contentOf(chapter('longestOpen'), {}, { city, pack, incidents }, RECT).view;
    const half = shown.north - CENTRE.lat + 0.00005;
    expect(texts('longestOpen', { ...bare, boundary: [oblong(0.04, half)] })).toEqual(['二级求助']);
  });

  it('is asked for once for the whole day, and left out of one chapter where it is refused', async () => {
    const asked: string[] = [];
    const ask = <T>(path: string): Promise<T> => {
      asked.push(path);
      if (path.startsWith('/api/reach?')) return Promise.reject(new AskFault('no streets'));
      const shares = path.includes(encodeURIComponent(new Date(at(60)).toISOString())) ? 0.1 : 0.4;
      const features = path.startsWith('/api/coverage?')
        ? [{ properties: { id: 'G1', blocks30: shares } }, { properties: { id: 'G2', blocks30: 0.2 } }]
        : path === '/api/city/grids'
          ? [square(0.002, { id: 'G1' }), square(0.003, { id: 'G2' })]
          : path.startsWith('/api/reach/posts')
            ? [{ properties: { post: 'GATE' } }, { properties: { post: 'GATE' } }]
            : [];
      return Promise.resolve({ features } as T);
    };
    const found = await gatherScenes(chapters, course, ask);
    expect(asked.filter((path) => path === '/api/city/roads').length).toBe(1);
    const shapes = found?.shapes[CHAPTER_KINDS.indexOf('coverageHole')];
    expect(shapes?.hole).toMatchObject({
      ordinaryAt: at(30),
      isByGrid: true,
      heldPosts: ['GATE'],
      lost: [{ properties: { id: 'G1' } }],
    });
    expect(found?.shapes[CHAPTER_KINDS.indexOf('slowestArrival')]).toEqual({});
    expect(await gatherScenes([], course, ask)).toBeUndefined();
  });

  it('measures a hole by the minute nearest to the median of the day', () => {
    expect(ordinaryMinute(at(95), course)).toBe(at(90));
    expect(ordinaryMinute(at(95), [])).toBeUndefined();
  });
});

describe('the scenes of a report', () => {
  const day = {
    day: '2026-11-20',
    startsAt: epochMs(STARTS),
    endsAt: at(1_440),
    minutesWithRecords: 1_440,
    minutesSealed: 1_440,
    hours: Array.from({ length: 24 }, () => HOUR_COUNTERS.map(() => 0)),
  };
  const hole = {
    ordinaryAt: at(30),
    lost: [square(0.004, { id: 'G1' })],
    isByGrid: true,
    lostPlaces: 0,
    heldPosts: ['GATE'],
  };
  const reached = [
    square(0.0008, { what: 'area' }),
    drawn(
      'MultiLineString',
      [
        [
          [CENTRE.lng, CENTRE.lat],
          [CENTRE.lng + 0.0008, CENTRE.lat],
        ],
      ],
      { what: 'streets' },
    ),
  ];
  const dataOf = (drawings: PackDrawings): ReportData => ({
    city,
    day,
    usual: undefined,
    incidents: [],
    truth: {
      incidents: [],
      waiting: 0,
      city: arrivalFigures([]),
      precincts: [],
      reasons: {} as ReportData['truth']['reasons'],
      calibration: [],
    },
    course: [],
    chapters: {
      ...day,
      asOf: at(1_440),
      modes: [],
      waiting: { expectations: 0, coverageMinutes: 0 },
      chapters,
    },
    scenes: {
      pack: drawings,
      shapes: chapters.map(({ kind }) => (kind === 'coverageHole' ? { hole } : { reached })),
    },
    minutesUnsealed: 0,
    filling: false,
  });

  it('are vectors, each in its frame, four to a page at most, and small, with streets and without', async () => {
    for (const [drawings, language] of [
      [pack, 'zh-CN'],
      [bare, 'en'],
    ] as const) {
      const bytes = await reportPdf(dataOf(drawings), language);
      expect(bytes.length).toBeLessThan(300_000);
      expect(bytes.toString('latin1')).not.toContain('/Subtype /Image');
      const pages = pageContents(bytes);
      // A frame is what a scene is cut to, and it is followed by what is drawn within.
      const scenes = pages.flatMap((page) => page.split('\nW n\n').slice(1));
      expect(scenes.length).toBe(chapters.length);
      for (const scene of scenes) expect(scene.match(/ l\n/g)?.length).toBeGreaterThan(8);
      const onEach = pages.map((page) => page.split('\nW n\n').length - 1);
      expect(Math.max(...onEach)).toBe(4);
    }
  }, 60_000);
});

/** The drawing operators of each page. */
function pageContents(pdf: Buffer): readonly string[] {
  const text = pdf.toString('latin1');
  return [...text.matchAll(/\/Filter \/FlateDecode\n>>\nstream\n/g)].flatMap(({ 0: head, index }) => {
    const from = index + head.length;
    const found = inflateSync(pdf.subarray(from, text.indexOf('\nendstream', from))).toString('latin1');
    return found.startsWith('1 0 0 -1 0 841.89 cm') ? [found] : [];
  });
}
