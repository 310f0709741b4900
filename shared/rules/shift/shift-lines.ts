import type { Category, Priority } from '../../domain/incident.ts';
import type { ResponderKind } from '../../domain/responder.ts';
import type { EpochMs } from '../../domain/units.ts';

/** What a shift card can tell, the most pressing first: where there is more than room for, the last are left out. */
export const SHIFT_KINDS = [
  'silent',
  'worstOpen',
  'incidents',
  'missed',
  'coverage',
  'posts',
  'people',
] as const;
export type ShiftKind = (typeof SHIFT_KINDS)[number];
export const MOST_LINES = 6;

/** One line of a shift card: what it tells, of which moment, and its figures by name. */
export interface ShiftLine {
  readonly kind: ShiftKind;
  readonly at: EpochMs;
  readonly figures: Readonly<Record<string, number>>;
  /** The incident it is about. */
  readonly incident: {
    readonly incidentId: string;
    readonly category: Category;
    readonly priority: Priority;
    readonly place: string;
  } | null;
  /** Posts that were left, posts that were taken up, or sources: their ids. */
  readonly left: readonly string[];
  readonly taken: readonly string[];
}

/** What holds at one moment. */
export interface ShiftMoment {
  readonly at: EpochMs;
  readonly people: Readonly<Record<ResponderKind, number>>;
  /** Post → since when somebody holds it. */
  readonly posts: ReadonlyMap<string, EpochMs>;
  /** Source → when it was heard last. */
  readonly sources: ReadonlyMap<string, EpochMs>;
}

export interface ShiftIncident {
  readonly incidentId: string;
  readonly category: Category;
  readonly priority: Priority;
  readonly place: string;
  readonly receivedAt: EpochMs;
}

export interface ShiftFacts {
  readonly since: EpochMs;
  /** Undefined where history does not reach back so far. */
  readonly before: ShiftMoment | undefined;
  readonly now: ShiftMoment;
  /** Received since then, in the order of time. */
  readonly received: readonly ShiftIncident[];
  /** Open now and in need of somebody. */
  readonly open: readonly ShiftIncident[];
  /** How the half minutes since then went; null where nobody came so far. */
  readonly halfMinutes: readonly (ShiftIncident & {
    readonly met: boolean;
    readonly arrivedSeconds: number | null;
  })[];
  /** Shares of places reached in half a minute since then, in the order of time. */
  readonly coverage: readonly { readonly at: EpochMs; readonly share: number }[];
}

const MINUTE_MS = 60_000;
/** A source that was heard before and not for so long now is silent. */
const SILENT_MS = 10 * MINUTE_MS;
/** A figure from further away than this is none of then, or of now. */
const NEAR_MS = 15 * MINUTE_MS;

/** What changed since a moment, in six lines at most; what there is nothing to tell of is left out. */
export function shiftLines(facts: ShiftFacts): readonly ShiftLine[] {
  return SHIFT_KINDS.flatMap((kind) => RULES[kind](facts) ?? []).slice(0, MOST_LINES);
}

const nothing = { figures: {}, incident: null, left: [], taken: [] } as const;

const RULES: Readonly<Record<ShiftKind, (facts: ShiftFacts) => ShiftLine | undefined>> = {
  silent: ({ now, since }) => {
    const silent = [...now.sources]
      .filter(([, heardAt]) => heardAt >= since - SILENT_MS && heardAt < now.at - SILENT_MS)
      .toSorted(([, a], [, b]) => a - b);
    const first = silent[0]?.[1];
    if (first === undefined) return undefined;
    return {
      ...nothing,
      kind: 'silent',
      at: first,
      figures: { count: silent.length, minutes: Math.floor((now.at - first) / MINUTE_MS) },
      left: silent.map(([id]) => id),
    };
  },
  worstOpen: ({ open, now }) => {
    const worst = mostPressing(open);
    if (worst === undefined) return undefined;
    return {
      ...nothing,
      kind: 'worstOpen',
      at: worst.receivedAt,
      figures: { minutes: Math.floor((now.at - worst.receivedAt) / MINUTE_MS), open: open.length },
      incident: named(worst),
    };
  },
  incidents: ({ received, open, since }) => {
    const first = mostPressing(received);
    if (first === undefined) return undefined;
    const byPriority = Object.fromEntries(
      [1, 2, 3, 4].map((priority) => [
        `p${priority}`,
        received.filter((one) => one.priority === priority).length,
      ]),
    );
    return {
      ...nothing,
      kind: 'incidents',
      at: first.receivedAt,
      figures: {
        received: received.length,
        ...byPriority,
        open: open.filter(({ receivedAt }) => receivedAt >= since).length,
        openBefore: open.filter(({ receivedAt }) => receivedAt < since).length,
      },
    };
  },
  missed: ({ halfMinutes }) => {
    const missed = halfMinutes.filter(({ met }) => !met);
    const worst = missed.toSorted(
      (a, b) =>
        (b.arrivedSeconds ?? Infinity) - (a.arrivedSeconds ?? Infinity) || a.receivedAt - b.receivedAt,
    )[0];
    if (worst === undefined) return undefined;
    return {
      ...nothing,
      kind: 'missed',
      at: worst.receivedAt,
      figures: {
        missed: missed.length,
        all: halfMinutes.length,
        ...(worst.arrivedSeconds === null ? {} : { seconds: Math.round(worst.arrivedSeconds) }),
      },
      incident: named(worst),
    };
  },
  coverage: ({ coverage, since, now: { at } }) => {
    const before = coverage[0];
    const now = coverage.at(-1);
    const lowest = coverage.toSorted((a, b) => a.share - b.share || a.at - b.at)[0];
    if (before === undefined || now === undefined || lowest === undefined) return undefined;
    if (before.at > since + NEAR_MS || now.at < at - NEAR_MS) return undefined;
    return {
      ...nothing,
      kind: 'coverage',
      at: lowest.at,
      figures: { before: before.share, now: now.share, lowest: lowest.share, minutes: coverage.length },
    };
  },
  posts: ({ before, now }) => {
    if (before === undefined) return undefined;
    const left = [...before.posts.keys()].filter((id) => !now.posts.has(id)).toSorted();
    const taken = [...now.posts].filter(([id]) => !before.posts.has(id)).toSorted(([, a], [, b]) => a - b);
    if (left.length + taken.length === 0) return undefined;
    return {
      ...nothing,
      kind: 'posts',
      // When a post was left is not known of two moments; when it was taken up is.
      at: taken[0]?.[1] ?? before.at,
      figures: { left: left.length, taken: taken.length, before: before.posts.size, now: now.posts.size },
      left,
      taken: taken.map(([id]) => id),
    };
  },
  people: ({ before, now }) => {
    if (before === undefined) return undefined;
    const kinds = Object.keys(now.people) as ResponderKind[];
    if (kinds.every((kind) => now.people[kind] === before.people[kind])) return undefined;
    const total = ({ people }: ShiftMoment): number => kinds.reduce((sum, kind) => sum + people[kind], 0);
    return {
      ...nothing,
      kind: 'people',
      at: before.at,
      figures: {
        before: total(before),
        now: total(now),
        ...Object.fromEntries(kinds.map((kind) => [kind, now.people[kind] - before.people[kind]])),
      },
    };
  },
};

/** The highest priority, and of these the longest wait. */
const mostPressing = (incidents: readonly ShiftIncident[]): ShiftIncident | undefined =>
  incidents.toSorted((a, b) => a.priority - b.priority || a.receivedAt - b.receivedAt)[0];

const named = ({ incidentId, category, priority, place }: ShiftIncident): ShiftLine['incident'] => ({
  incidentId,
  category,
  priority,
  place,
});
