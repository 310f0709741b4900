import { describe, expect, it } from 'vitest';
import { unitFor } from '../../design/reading-size.ts';
import { LEAST_COURSE_UNITS } from '../../panels/coverage/option.ts';
import { footUnits, VIEWS, wallLayout, type Rectangle, type WallLayout } from './layout.ts';
import { PANELS, placePanels, whoseTurn } from './panel-plan.ts';

const SIZES = [
  [3840, 2160],
  [1920, 1080],
  [2560, 1080],
  [5760, 1080],
  [7680, 2160],
  [1920, 1200],
] as const;

const apart = (a: Rectangle, b: Rectangle): boolean =>
  a.left + a.width <= b.left + 0.5 ||
  b.left + b.width <= a.left + 0.5 ||
  a.top + a.height <= b.top + 0.5 ||
  b.top + b.height <= a.top + 0.5;

const parts = ({ top, bottom, free, panels }: WallLayout): readonly Rectangle[] => [
  top,
  bottom,
  ...(free === undefined ? [] : [free]),
  ...panels.map(({ place }) => place),
];

/** What is wrong with a layout, in words. */
function faultsOf(layout: WallLayout, width: number, height: number): readonly string[] {
  const all = parts(layout);
  return all.flatMap((a, index) => {
    const isInside =
      a.left >= 0 && a.top >= 0 && a.left + a.width <= width + 0.5 && a.top + a.height <= height + 0.5;
    return [
      ...(isInside ? [] : [`${index} is not on the screen`]),
      ...(a.width > 0 && a.height > 0 ? [] : [`${index} is empty`]),
      ...all
        .slice(index + 1)
        .flatMap((b, next) => (apart(a, b) ? [] : [`${index} lies over ${index + 1 + next}`])),
    ];
  });
}

describe.each(SIZES)('a wall of %i × %i', (width, height) => {
  const unit = unitFor(width, height, undefined);

  it.each(VIEWS)('has no part over another and all on the screen, as %s', (view) => {
    expect(faultsOf(wallLayout(width, height, unit, view), width, height)).toEqual([]);
  });

  it('has a place, alone or by turns, for every panel', () => {
    const shown = wallLayout(width, height, unit).panels.flatMap(({ panels }) => panels);
    expect(shown.toSorted()).toEqual(PANELS.map(({ id }) => id).toSorted());
  });

  it('leaves the map the middle, and no empty halves beside it', () => {
    const { free } = wallLayout(width, height, unit);
    expect(free?.width).toBeGreaterThan(0.9 * (free?.height ?? 0));
    expect(free?.width).toBeLessThan(2.6 * (free?.height ?? 0));
  });
});

describe('a wider wall', () => {
  it('shows more at once and nothing larger', () => {
    const narrow = wallLayout(1920, 1080, 0.5);
    const wide = wallLayout(5760, 1080, 0.5);
    const columns = ({ panels }: WallLayout): number => new Set(panels.map(({ place }) => place.left)).size;
    expect(columns(wide)).toBeGreaterThan(columns(narrow) + 1);
    expect(wide.panels.every(({ panels }) => panels.length === 1)).toBe(true);
    expect(wide.top.height).toBe(narrow.top.height);
  });
});

describe('a wall that is read from afar', () => {
  it.each([6, 8, 10, 12, 20, 40])('lets panels give way and none shrink, at %i metres', (farthestMetres) => {
    const unit = unitFor(3840, 2160, { widthMetres: 4.8, farthestMetres });
    for (const view of VIEWS) {
      const layout = wallLayout(3840, 2160, unit, view);
      expect(faultsOf(layout, 3840, 2160)).toEqual([]);
      for (const { panels, place } of layout.panels)
        for (const id of panels.slice(0, 1).filter((each) => each !== 'queue'))
          expect(place.height / unit).toBeGreaterThanOrEqual(
            (PANELS.find((plan) => plan.id === id)?.leastHeight ?? 0) - 1e-6,
          );
    }
  });

  it('keeps the queue longest', () => {
    const unit = unitFor(3840, 2160, { widthMetres: 4.8, farthestMetres: 12 });
    const shown = wallLayout(3840, 2160, unit).panels.map(({ panels }) => panels[0]);
    expect(shown).toContain('queue');
    expect(shown.length).toBeLessThan(5);
  });
});

/** Height of a row of the queue, and of what stands round its rows, as its panel draws them. */
const QUEUE_ROW = 94;
const QUEUE_FRAME = 110;
/** Round the course of coverage: the panel's frame and the large figure. */
const COVERAGE_FRAME = 252;
const queueRows = ({ panels }: WallLayout, unit: number): number => {
  const queue = panels.find(({ panels: [first] }) => first === 'queue');
  return Math.floor(((queue?.place.height ?? 0) / unit - QUEUE_FRAME) / QUEUE_ROW);
};
const everyId = PANELS.map(({ id }) => id).toSorted();
const idsOf = ({ panels }: WallLayout): readonly string[] =>
  panels.flatMap(({ panels: ids }) => ids).toSorted();

describe('the queue of open incidents', () => {
  const rooms = [undefined, [2, 6], [3, 8], [4.8, 6], [4.8, 8], [4.8, 12], [6, 8], [10, 30]] as const;

  it.each(SIZES)('is always seen and takes turns with nobody, on %i × %i', (width, height) => {
    for (const room of rooms)
      for (const view of ['whole', 'east', 'queue'] as const) {
        const measured = room && { widthMetres: room[0], farthestMetres: room[1] };
        const layout = wallLayout(width, height, unitFor(width, height, measured), view);
        const places = layout.panels.filter(({ panels }) => panels.includes('queue'));
        expect([room, view, places.map(({ panels }) => panels)]).toEqual([room, view, [['queue']]]);
      }
  });

  it.each([...SIZES, [3840, 2400]] as const)(
    'has room for five rows at least on %i × %i',
    (width, height) => {
      const unit = unitFor(width, height, undefined);
      for (const view of ['whole', 'east', 'queue'] as const)
        expect(queueRows(wallLayout(width, height, unit, view), unit)).toBeGreaterThanOrEqual(5);
    },
  );

  it('makes do with fewer rows where otherwise nothing else would be seen', () => {
    const unit = unitFor(3840, 2160, { widthMetres: 4.8, farthestMetres: 10 });
    const layout = wallLayout(3840, 2160, unit);
    expect(layout.panels.length).toBe(2);
    expect(queueRows(layout, unit)).toBeGreaterThanOrEqual(3);
    expect(idsOf(layout)).toEqual(everyId);
  });
});

describe('the course of coverage', () => {
  it.each(SIZES)('has room in its panel on %i × %i', (width, height) => {
    const unit = unitFor(width, height, undefined);
    const coverage = wallLayout(width, height, unit).panels.find(
      ({ panels: [first] }) => first === 'coverage',
    );
    expect((coverage?.place.height ?? 0) / unit - COVERAGE_FRAME).toBeGreaterThanOrEqual(LEAST_COURSE_UNITS);
  });
});

describe('a map', () => {
  it.each([
    ['the room that the set-up page begins with', 3840, 2160, { widthMetres: 4.8, farthestMetres: 6 }],
    ['a screen of 16:10', 1920, 1200, undefined],
  ] as const)('gives way to one column on each side before a side is lost: %s', (_, width, height, room) => {
    const layout = wallLayout(width, height, unitFor(width, height, room));
    expect(idsOf(layout)).toEqual(everyId);
    const { left = 0, width: free = 0 } = layout.free ?? {};
    expect(layout.panels.some(({ place }) => place.left < left)).toBe(true);
    expect(layout.panels.some(({ place }) => place.left >= left + free - 1)).toBe(true);
  });

  it('leaves the panels of both sides to one where only that has room', () => {
    const layout = wallLayout(3840, 2160, unitFor(3840, 2160, { widthMetres: 4.8, farthestMetres: 8 }));
    expect(idsOf(layout)).toEqual(everyId);
    expect(new Set(layout.panels.map(({ place }) => Math.round(place.left))).size).toBe(1);
    expect(layout.free?.width).toBeGreaterThan(layout.free?.height ?? Infinity);
  });

  it('is left out where a column would leave it no sensible room, and the queue has the screen', () => {
    const unit = unitFor(3840, 2160, { widthMetres: 2, farthestMetres: 6 });
    const layout = wallLayout(3840, 2160, unit);
    expect(layout.free).toBeUndefined();
    expect(idsOf(layout)).toContain('queue');
  });
});

describe('the legend over the map', () => {
  it.each(SIZES)('never covers it, on %i × %i', (width, height) => {
    const seen = [4, 6, 8, 10, 12].map((farthestMetres) => {
      const unit = unitFor(width, height, { widthMetres: 6, farthestMetres });
      const { free } = wallLayout(width, height, unit);
      return free === undefined ? Infinity : free.height / unit - footUnits(free.width / unit);
    });
    expect(Math.min(...seen)).toBeGreaterThanOrEqual(280 - 1e-6);
  });

  it('is given more height where the map is narrow and its words take more rows', () => {
    expect(footUnits(2_000)).toBe(146);
    expect(footUnits(1_686)).toBeGreaterThanOrEqual(176);
    expect(footUnits(880)).toBeGreaterThan(footUnits(1_686));
    expect(footUnits(9_000)).toBe(140);
  });
});

describe('panels without a place of their own', () => {
  it('take turns with the least needed that has one', () => {
    const plans = PANELS.filter(({ side }) => side === 'left');
    const { placed } = placePanels(plans, 1, 900);
    const [first, second] = placed;
    expect(placed).toHaveLength(2);
    expect(first?.panels).toEqual(['hours']);
    expect(second?.panels).toEqual(['arrival', 'figures', 'categories']);
  });

  it('do so at the next place where four already do', () => {
    const left = PANELS.filter(({ side }) => side === 'left');
    const right = PANELS.filter(({ side, id }) => side === 'right' && id !== 'queue');
    const { placed } = placePanels(left, 1, 1_000, right);
    expect(placed.map(({ panels }) => panels.length)).toEqual([4, 4]);
  });

  it('are all seen within a minute and a half, and the same one on every screen at one moment', () => {
    const panels = ['figures', 'duty', 'race', 'categories'] as const;
    const seen = new Set(Array.from({ length: 80 }, (_, second) => whoseTurn(panels, second * 1_000)));
    expect(seen).toEqual(new Set(panels));
    expect(whoseTurn([], 5)).toBeUndefined();
  });
});
