import { COLUMN_GAP, PANELS, placePanels, type PanelId, type Side } from './panel-plan.ts';

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
/** The map keeps at least this shape; what is wider goes to the columns as far as they can use it. */
const LEAST_MAP_ASPECT = 1.04;
const FAIR_MAP_ASPECT = 1.6;
const MOST_COLUMNS: Readonly<Record<Side, number>> = { left: 2, right: 2 };

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

/** How many columns stand on each side beside a map, and how wide they are; all in units. */
function columnsBesideMap(sides: readonly Side[], width: number, height: number): Columns {
  const count: Record<Side, number> = { left: 0, right: 0 };
  const inner = width - 2 * MARGIN;
  const fits = (): boolean =>
    inner - (count.left + count.right) * (LEAST_COLUMN + COLUMN_GAP) >= LEAST_MAP_ASPECT * height;
  // What needs somebody now comes first, then left and right in turn.
  const order: readonly Side[] = ['right', 'left', 'left', 'right'];
  for (const side of order) {
    if (!sides.includes(side) || count[side] >= MOST_COLUMNS[side]) continue;
    count[side] += 1;
    if (!fits()) {
      count[side] -= 1;
      break;
    }
  }
  const all = count.left + count.right;
  const spare = all === 0 ? 0 : (inner - FAIR_MAP_ASPECT * height) / all - COLUMN_GAP;
  return { ...count, width: Math.min(WIDEST_COLUMN, Math.max(LEAST_COLUMN, spare)) };
}

/** Columns over the whole width, for a screen without a map. */
function columnsAlone(side: Side, width: number): Columns {
  const inner = width - 2 * MARGIN;
  const most = side === 'left' ? 6 : 4;
  const count = Math.max(1, Math.min(most, Math.floor((inner + COLUMN_GAP) / (LEAST_COLUMN + COLUMN_GAP))));
  return { left: 0, right: 0, [side]: count, width: (inner + COLUMN_GAP) / count - COLUMN_GAP };
}

/**
 * Lays a wall out. `unit` is how many pixels a unit of the design takes; a wider wall gets more columns and more map,
 * and a panel for which there is no place at its least size gives way.
 */
export function wallLayout(width: number, height: number, unit: number, view: View = 'whole'): WallLayout {
  const wide = width / unit;
  const high = height / unit - TOP_HEIGHT - BOTTOM_HEIGHT;
  const hasMap = view !== 'queue' && view !== 'charts';
  const sides = SIDES[view];
  const [onlySide = 'left'] = sides;
  const columns = hasMap ? columnsBesideMap(sides, wide, high) : columnsAlone(onlySide, wide);
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
  const panels = sides.flatMap((side) =>
    placePanels(
      PANELS.filter((plan) => plan.side === side),
      columns[side],
      high,
    ).map(({ panels: ids, column, top, height: panelHeight }) => ({
      panels: ids,
      place: pixels({
        left: firstColumn[side] + column * step,
        top: TOP_HEIGHT + top,
        width: columns.width,
        height: panelHeight,
      }),
    })),
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
    free: hasMap
      ? pixels({ left: freeLeft, top: TOP_HEIGHT, width: freeRight - freeLeft, height: high })
      : undefined,
  };
}
