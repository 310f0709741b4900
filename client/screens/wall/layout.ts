import { COLUMN_GAP, PANELS, placePanels, type PanelId, type PlacedPanel, type Side } from './panel-plan.ts';

export interface Rectangle {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

/** Which part of the wall a screen shows. */
export const VIEWS = ['whole', 'west', 'east', 'queue', 'charts'] as const;
export type View = (typeof VIEWS)[number];

export interface PanelPlace {
  /** One panel, or several that take turns. */
  readonly panels: readonly PanelId[];
  readonly place: Rectangle;
}

/** Where the parts of a wall stand, in pixels of the whole picture. */
export interface WallLayout {
  readonly top: Rectangle;
  readonly bottom: Rectangle;
  readonly panels: readonly PanelPlace[];
  /** What the panels leave of the map; undefined on a screen without one. */
  readonly free: Rectangle | undefined;
}

const MARGIN = 40;
const TOP_HEIGHT = 150;
const BOTTOM_HEIGHT = 220;
const LEAST_COLUMN = 880;
const WIDEST_COLUMN = 1_700;
/** A second column stands on a side only where the map keeps this shape; what is wider goes to the columns as far as they can use it. */
const LEAST_MAP_ASPECT = 1.04;
const FAIR_MAP_ASPECT = 1.6;
/** The first column of a side may take more: down to this a city is still seen on the map. */
const LEAST_MAP_WIDTH = 880;

const SIDES: Readonly<Record<View, readonly Side[]>> = {
  whole: ['left', 'right'],
  west: ['left'],
  east: ['right'],
  queue: ['right'],
  charts: ['left'],
};

interface Columns {
  readonly left: number;
  readonly right: number;
  readonly width: number;
}

/** All words of a usual legend beside each other, and the height of one of its rows. */
const LEGEND_WORDS = 3_600;
const LEGEND_ROW = 42;
const LEAST_FOOT = 140;

/** How high the legend and a notice over the map's lower edge are, where the map is so wide: there the city would be hidden. All in units. */
export const footUnits = (mapWidth: number): number =>
  Math.max(LEAST_FOOT, 20 + LEGEND_ROW * (Math.ceil(LEGEND_WORDS / Math.max(1, mapWidth)) + 1));

/** So much of a map's height is seen above its legend, or it is no map. */
const LEAST_MAP_SEEN = 280;

/** How wide a map of a height is at least, that its legend does not cover it. */
function widthBesideLegend(height: number): number {
  const rows = Math.floor((height - LEAST_MAP_SEEN - 20) / LEGEND_ROW) - 1;
  return rows < 1 ? Infinity : LEGEND_WORDS / rows;
}

/**
 * How many columns stand on each side beside a map, and how wide they are; all in units. Undefined where a column leaves no
 * sensible map.
 */
function columnsBesideMap(sides: readonly Side[], width: number, height: number): Columns | undefined {
  const inner = width - 2 * MARGIN;
  const mapBeside = (left: number, right: number): number =>
    inner - (left + right) * (LEAST_COLUMN + COLUMN_GAP);
  const seen = widthBesideLegend(height);
  const least = Math.max(seen, Math.min(LEAST_MAP_WIDTH, LEAST_MAP_ASPECT * height));
  // What needs somebody now keeps its side longest.
  const first = [sides, sides.slice(-1)]
    .map((kept) => ({ left: kept.includes('left') ? 1 : 0, right: kept.includes('right') ? 1 : 0 }))
    .find(({ left, right }) => mapBeside(left, right) >= least);
  if (first === undefined) return undefined;
  const isWide = (left: number, right: number): boolean =>
    mapBeside(left, right) >= Math.max(seen, LEAST_MAP_ASPECT * height);
  const left = first.left > 0 && isWide(2, first.right) ? 2 : first.left;
  const right = first.right > 0 && isWide(left, 2) ? 2 : first.right;
  const spare = (inner - Math.max(seen, FAIR_MAP_ASPECT * height)) / (left + right) - COLUMN_GAP;
  return { left, right, width: Math.min(WIDEST_COLUMN, Math.max(LEAST_COLUMN, spare)) };
}

/** Columns over the whole width, for a screen without a map. */
function columnsAlone(side: Side, width: number): Columns {
  const inner = width - 2 * MARGIN;
  const most = side === 'left' ? 6 : 4;
  const count = Math.max(1, Math.min(most, Math.floor((inner + COLUMN_GAP) / (LEAST_COLUMN + COLUMN_GAP))));
  return { left: 0, right: 0, [side]: count, width: (inner + COLUMN_GAP) / count - COLUMN_GAP };
}

/**
 * Puts the panels of a view onto its sides. Where one side alone has columns, all stand there; where the queue leaves no room
 * on its side, the others take turns on the other.
 */
function panelsOf(
  sides: readonly Side[],
  columns: Columns,
  height: number,
): readonly (PlacedPanel & { readonly side: Side })[] {
  const shown = PANELS.filter(({ side }) => sides.includes(side));
  const hasBoth = columns.left > 0 && columns.right > 0;
  const of = (side: Side) => shown.filter((plan) => columns[side] > 0 && (!hasBoth || plan.side === side));
  const right = placePanels(of('right'), columns.right, height);
  const left = placePanels(of('left'), columns.left, height, hasBoth ? right.without : []);
  return [
    ...left.placed.map((placed) => ({ ...placed, side: 'left' as const })),
    ...right.placed.map((placed) => ({ ...placed, side: 'right' as const })),
  ];
}

/**
 * Lays a wall out. `unit` is how many pixels a unit of the design takes; a wider wall gets more columns and more map,
 * and a panel for which there is no place at its least size takes turns with another. Where columns leave no room for a map,
 * there is none, as on a screen that shows the queue alone.
 */
export function wallLayout(width: number, height: number, unit: number, view: View = 'whole'): WallLayout {
  const wide = width / unit;
  const high = height / unit - TOP_HEIGHT - BOTTOM_HEIGHT;
  const sides = SIDES[view];
  const beside = view === 'queue' || view === 'charts' ? undefined : columnsBesideMap(sides, wide, high);
  const columns = beside ?? columnsAlone(sides.includes('right') ? 'right' : 'left', wide);
  const pixels = (rectangle: Rectangle): Rectangle => ({
    left: rectangle.left * unit,
    top: rectangle.top * unit,
    width: rectangle.width * unit,
    height: rectangle.height * unit,
  });
  const step = columns.width + COLUMN_GAP;
  const firstColumn: Readonly<Record<Side, number>> = {
    left: MARGIN,
    right: wide - MARGIN - columns.right * step + COLUMN_GAP,
  };
  const panels = panelsOf(sides, columns, high).map(
    ({ panels: ids, side, column, top, height: panelHeight }) => ({
      panels: ids,
      place: pixels({
        left: firstColumn[side] + column * step,
        top: TOP_HEIGHT + top,
        width: columns.width,
        height: panelHeight,
      }),
    }),
  );
  const freeLeft = columns.left === 0 ? MARGIN : MARGIN + columns.left * step - COLUMN_GAP;
  const freeRight = columns.right === 0 ? wide - MARGIN : firstColumn.right;
  return {
    top: pixels({ left: MARGIN, top: 0, width: wide - 2 * MARGIN, height: TOP_HEIGHT }),
    bottom: pixels({
      left: MARGIN,
      top: TOP_HEIGHT + high,
      width: wide - 2 * MARGIN,
      height: BOTTOM_HEIGHT,
    }),
    panels,
    free: beside
      ? pixels({ left: freeLeft, top: TOP_HEIGHT, width: freeRight - freeLeft, height: high })
      : undefined,
  };
}
