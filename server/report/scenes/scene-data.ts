import { HALF_MINUTE_SECONDS } from '@maplewall/shared/rules/half-minute.ts';
import type { Chapter, ChapterKind } from '@maplewall/shared/rules/chapters/chapter.ts';
import { quantileOf } from '@maplewall/shared/rules/quantile.ts';
import type { PackFile } from '@maplewall/shared/domain/city.ts';
import type { EpochMs } from '@maplewall/shared/domain/units.ts';
import type { CoverageCourse } from '@maplewall/shared/wire/coverage.ts';
import { AskFault, type Ask } from '../ask-gateway.ts';

/** A drawing as the gateway gives it. */
export interface Drawn {
  readonly properties: Readonly<Record<string, unknown>>;
  readonly geometry: { readonly type: string; readonly coordinates: unknown };
}
interface Drawings {
  readonly features: readonly Drawn[];
}

const GROUND_FILES = ['boundary', 'water', 'roads', 'blocks'] as const satisfies readonly PackFile[];
/** The drawings of the city that scenes are laid on. */
export type PackDrawings = Readonly<Record<(typeof GROUND_FILES)[number], readonly Drawn[]>>;

/** Coverage at its lowest beside an ordinary minute of the same day. */
export interface Hole {
  /** The minute that lies at the day's median. */
  readonly ordinaryAt: EpochMs;
  /** Grids of which less is reached than at the ordinary minute; without grids, the places that nobody reaches. */
  readonly lost: readonly Drawn[];
  readonly isByGrid: boolean;
  /** How many places nobody reaches, also those that are not among the lost; 0 where grids are told. */
  readonly lostPlaces: number;
  /** Posts that somebody holds, by id. */
  readonly heldPosts: readonly string[];
}

/** What a scene shows beside the city and its incidents. */
export interface SceneShapes {
  /** Streets and area within half a minute of the incident. */
  readonly reached?: readonly Drawn[];
  readonly hole?: Hole;
}

export interface SceneData {
  readonly pack: PackDrawings;
  /** In the order of the chapters. */
  readonly shapes: readonly SceneShapes[];
}

/** Chapters that tell how soon somebody came: the half minute round the incident says who could have. */
const ABOUT_REACH: ReadonlySet<ChapterKind> = new Set([
  'slowestArrival',
  'volunteerHelp',
  'largestTurnout',
  'mostRefusals',
]);

/**
 * Asks for what the scenes of a day are drawn of: the city's drawings once, and for each chapter what it needs; undefined of a day
 * without chapters. What a gateway refuses of a single scene is left out of that one.
 * @throws AskFault when the drawings of the city are not given
 */
export async function gatherScenes(
  chapters: readonly Chapter[],
  course: CoverageCourse['minutes'],
  ask: Ask,
): Promise<SceneData | undefined> {
  if (chapters.length === 0) return undefined;
  const drawings = async (file: PackFile): Promise<readonly Drawn[]> =>
    (await ask<Drawings>(`/api/city/${file}`)).features;
  const [boundary, water, roads, blocks] = await Promise.all(GROUND_FILES.map(drawings));
  const shapes: SceneShapes[] = [];
  for (const chapter of chapters) shapes.push(await shapesOf(chapter, course, ask, drawings));
  const pack = { boundary: boundary ?? [], water: water ?? [], roads: roads ?? [], blocks: blocks ?? [] };
  return { pack, shapes };
}

async function shapesOf(
  { kind, focus, at }: Chapter,
  course: CoverageCourse['minutes'],
  ask: Ask,
  drawings: (file: PackFile) => Promise<readonly Drawn[]>,
): Promise<SceneShapes> {
  try {
    if (kind === 'coverageHole') {
      const hole = await holeAt(at, course, ask, drawings);
      return hole === undefined ? {} : { hole };
    }
    if (focus.kind !== 'point' || !ABOUT_REACH.has(kind)) return {};
    const place = `${focus.lng},${focus.lat}`;
    const { features } = await ask<Drawings>(
      `/api/reach?at=${place}&seconds=${HALF_MINUTE_SECONDS}&mode=run`,
    );
    return { reached: features };
  } catch (error) {
    // A minute whose replay is gone, a place beyond the city: the map itself can still be drawn.
    if (error instanceof AskFault) return {};
    throw error;
  }
}

async function holeAt(
  at: EpochMs,
  course: CoverageCourse['minutes'],
  ask: Ask,
  drawings: (file: PackFile) => Promise<readonly Drawn[]>,
): Promise<Hole | undefined> {
  const ordinaryAt = ordinaryMinute(at, course);
  if (ordinaryAt === undefined) return undefined;
  const t = (moment: EpochMs): string => encodeURIComponent(new Date(moment).toISOString());
  const held = await ask<Drawings>(`/api/reach/posts?t=${t(at)}`);
  const heldPosts = [...new Set(held.features.map(({ properties }) => String(properties['post'])))];
  const grids = await drawings('grids');
  if (grids.length === 0) {
    const gaps = await ask<Drawings & { readonly total: number }>(
      `/api/coverage/gaps?seconds=${HALF_MINUTE_SECONDS}&t=${t(at)}`,
    );
    return { ordinaryAt, lost: gaps.features, isByGrid: false, lostPlaces: gaps.total, heldPosts };
  }
  const sharesAt = async (moment: EpochMs): Promise<ReadonlyMap<unknown, number>> => {
    const { features } = await ask<Drawings>(`/api/coverage?by=grid&t=${t(moment)}`);
    const share = `blocks${HALF_MINUTE_SECONDS}`;
    return new Map(features.map(({ properties }) => [properties['id'], Number(properties[share] ?? 0)]));
  };
  const [then, usually] = [await sharesAt(at), await sharesAt(ordinaryAt)];
  const lost = grids.filter(({ properties: { id } }) => (then.get(id) ?? 0) < (usually.get(id) ?? 0));
  return { ordinaryAt, lost, isByGrid: true, lostPlaces: 0, heldPosts };
}

/** The minute whose coverage lies nearest to the day's median; of equal ones, the nearest in time. */
export function ordinaryMinute(at: EpochMs, course: CoverageCourse['minutes']): EpochMs | undefined {
  const known = course.flatMap(({ at: minute, blocks: [share] }) =>
    share === null || share === undefined ? [] : [{ minute, share }],
  );
  const median = quantileOf(
    known.map(({ share }) => share).toSorted((a, b) => a - b),
    0.5,
  );
  if (median === undefined) return undefined;
  const away = (share: number): number => Math.abs(share - median);
  return known.toSorted(
    (a, b) => away(a.share) - away(b.share) || Math.abs(a.minute - at) - Math.abs(b.minute - at),
  )[0]?.minute;
}
