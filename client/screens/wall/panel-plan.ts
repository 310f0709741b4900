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
  /** What it makes do with where nothing else would stand beside it. */
  readonly scantHeight?: number;
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
  { id: 'coverage', side: 'right', leastHeight: 400, weight: 0.3, rank: 2.5 },
  { id: 'queue', side: 'right', leastHeight: 580, scantHeight: 420, weight: 1.6, rank: 1 },
  { id: 'race', side: 'right', leastHeight: 290, weight: 0.6, rank: 3 },
  { id: 'duty', side: 'right', leastHeight: 300, weight: 0.6, rank: 5.5 },
  { id: 'index', side: 'right', leastHeight: 450, weight: 0.3, rank: 8 },
];

/** What needs somebody now is never out of sight: it takes turns with nobody, and is small rather than left out. */
const QUEUE: PanelId = 'queue';

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

export interface Placement {
  readonly placed: readonly PlacedPanel[];
  /** For whom there is no place here, not even by turns. */
  readonly without: readonly PanelPlan[];
}

/** A place while it is given out: the first has it, the others take turns with it. */
interface Standing {
  readonly plans: PanelPlan[];
  readonly column: number;
  height: number;
}

/** More in turn at one place than this would be seen too seldom, as long as there is another place. */
const MOST_TURNS = 4;

/**
 * Puts panels into columns of one height, all in units. The most needed are placed first, each into the column with the
 * most room; who finds no room, and guests, take turns with the least needed that stand. The queue is always seen.
 */
export function placePanels(
  panels: readonly PanelPlan[],
  columns: number,
  height: number,
  guests: readonly PanelPlan[] = [],
): Placement {
  const ample = giveOut(panels, columns, height);
  const isAlone = ample.waiting.length > 0 && hostsAmong(ample.standing).length === 0;
  const { room, standing, waiting } = isAlone ? giveOut(panels.map(scant), columns, height) : ample;
  const hosts = hostsAmong(standing);
  const without = [...waiting, ...guests].filter((plan) => !joins(plan, hosts, room));
  const inOrder = standing.toSorted((a, b) => orderOf(a, panels) - orderOf(b, panels));
  return { placed: room.flatMap((left, column) => stacked(inOrder, column, left)), without };
}

const scant = (plan: PanelPlan): PanelPlan => ({
  ...plan,
  leastHeight: plan.scantHeight ?? plan.leastHeight,
});

/** Gives each panel a place of its own, the most needed first, as long as there is room. */
function giveOut(panels: readonly PanelPlan[], columns: number, height: number) {
  const room = Array.from({ length: columns }, () => height);
  const standing: Standing[] = [];
  const waiting: PanelPlan[] = [];
  for (const plan of panels.toSorted((a, b) => a.rank - b.rank)) {
    const column = room.indexOf(Math.max(...room));
    const left = room[column] ?? 0;
    if (left < plan.leastHeight && plan.id !== QUEUE) waiting.push(plan);
    else {
      const high = Math.min(left, plan.leastHeight);
      room[column] = left - high;
      standing.push({ plans: [plan], column, height: high });
    }
  }
  return { room, standing, waiting };
}

/** Who can let others take turns, the least needed first. */
const hostsAmong = (standing: readonly Standing[]): readonly Standing[] =>
  standing.filter(({ plans: [first] }) => first?.id !== QUEUE).toReversed();

const orderOf = ({ plans: [first] }: Standing, panels: readonly PanelPlan[]): number =>
  first === undefined ? -1 : panels.indexOf(first);

/** Lets a panel take turns at the first place that is high enough or can become so; else at the first. */
function joins(plan: PanelPlan, hosts: readonly Standing[], room: number[]): boolean {
  const lacks = (host: Standing): number => Math.max(0, plan.leastHeight - host.height);
  const fits = (host: Standing): boolean => lacks(host) <= (room[host.column] ?? 0);
  const host =
    hosts.find((each) => fits(each) && each.plans.length < MOST_TURNS) ?? hosts.find(fits) ?? hosts[0];
  if (host === undefined) return false;
  const more = Math.min(lacks(host), room[host.column] ?? 0);
  host.height += more;
  room[host.column] = (room[host.column] ?? 0) - more;
  host.plans.push(plan);
  return true;
}

/** The places of one column from above, with the height that is left over shared among them. */
function stacked(standing: readonly Standing[], column: number, left: number): readonly PlacedPanel[] {
  const here = standing.filter((each) => each.column === column);
  const weightOf = ({ plans: [first] }: Standing): number => first?.weight ?? 0;
  const weights = here.reduce((sum, each) => sum + weightOf(each), 0);
  let top = 0;
  return here.map((each): PlacedPanel => {
    const height = each.height + (left * weightOf(each)) / weights;
    const placed = { panels: each.plans.map(({ id }) => id), column, top, height };
    top += height;
    return placed;
  });
}

/** How long each of several panels at one place is shown. */
const TURN_MS = 20_000;

/** Whose turn it is at a moment: the same on every screen that shows this moment. */
export const whoseTurn = (panels: readonly PanelId[], at: number): PanelId | undefined =>
  panels[Math.floor(at / TURN_MS) % Math.max(1, panels.length)];
