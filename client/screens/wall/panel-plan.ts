/** The panels of a wall, in the order in which they are read on their side. */
export type PanelId =
  | 'hours'
  | 'categories'
  | 'arrival'
  | 'figures'
  | 'coverage'
  | 'queue'
  | 'race'
  | 'duty'
  | 'index';

/** Left: what happens over time. Right: what needs somebody now. */
export type Side = 'left' | 'right';

export interface PanelPlan {
  readonly id: PanelId;
  readonly side: Side;
  /** Below this height, in units, the panel cannot be read and gives way. */
  readonly leastHeight: number;
  /** How much of the height that is left over it takes. */
  readonly weight: number;
  /** Who gives way first: the greatest. */
  readonly rank: number;
}

export const PANELS: readonly PanelPlan[] = [
  { id: 'hours', side: 'left', leastHeight: 370, weight: 1.2, rank: 2 },
  { id: 'categories', side: 'left', leastHeight: 460, weight: 0.9, rank: 7 },
  { id: 'arrival', side: 'left', leastHeight: 470, weight: 1, rank: 4 },
  { id: 'figures', side: 'left', leastHeight: 420, weight: 0.5, rank: 6 },
  { id: 'coverage', side: 'right', leastHeight: 330, weight: 0.3, rank: 2.5 },
  { id: 'queue', side: 'right', leastHeight: 420, weight: 1.6, rank: 1 },
  { id: 'race', side: 'right', leastHeight: 290, weight: 0.6, rank: 3 },
  { id: 'duty', side: 'right', leastHeight: 300, weight: 0.6, rank: 5.5 },
  { id: 'index', side: 'right', leastHeight: 450, weight: 0.3, rank: 8 },
];

/** Space between columns, in units. */
export const COLUMN_GAP = 60;

export interface PlacedPanel {
  /** Who stands here: one, or several that take turns because there is no place for each. */
  readonly panels: readonly PanelId[];
  readonly column: number;
  /** In units, from the top of the columns. */
  readonly top: number;
  readonly height: number;
}

/**
 * Puts panels into columns of one height, all in units. The most needed are placed first, each into the column with the
 * most room; who finds no room takes turns with the least needed one that stands, or is left out where nothing stands.
 */
export function placePanels(
  panels: readonly PanelPlan[],
  columns: number,
  height: number,
): readonly PlacedPanel[] {
  const room = Array.from({ length: columns }, () => height);
  const standing: { plan: PanelPlan; column: number }[] = [];
  const waiting: PanelPlan[] = [];
  for (const plan of panels.toSorted((a, b) => a.rank - b.rank)) {
    const widest = room.indexOf(Math.max(...room));
    if ((room[widest] ?? 0) < plan.leastHeight) waiting.push(plan);
    else {
      room[widest] = (room[widest] ?? 0) - plan.leastHeight;
      standing.push({ plan, column: widest });
    }
  }
  const last = standing.at(-1)?.plan;
  const inOrder = standing.toSorted((a, b) => panels.indexOf(a.plan) - panels.indexOf(b.plan));
  return room.flatMap((left, column) => {
    const here = inOrder.filter((each) => each.column === column).map(({ plan }) => plan);
    const weights = here.reduce((sum, { weight }) => sum + weight, 0);
    let top = 0;
    return here.map((plan): PlacedPanel => {
      const high = plan.leastHeight + (left * plan.weight) / weights;
      const placed = {
        panels: plan === last ? [plan.id, ...waiting.map(({ id }) => id)] : [plan.id],
        column,
        top,
        height: high,
      };
      top += high;
      return placed;
    });
  });
}

/** How long each of several panels at one place is shown. */
const TURN_MS = 20_000;

/** Whose turn it is at a moment: the same on every screen that shows this moment. */
export const whoseTurn = (panels: readonly PanelId[], at: number): PanelId | undefined =>
  panels[Math.floor(at / TURN_MS) % Math.max(1, panels.length)];
