import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Span } from './spans.ts';
import type { TimelinePiece } from './timeline.ts';

/** What the feed remembers from run to run. All times are the demo clock's, in milliseconds since 1970. */
export interface FeedState {
  readonly version: 1;
  /** Another city or seed is another story and begins anew. */
  readonly story: string;
  /** The first day of the history. */
  readonly firstDay: number;
  readonly timeline: readonly TimelinePiece[];
  /** Events before this are sent. */
  readonly toldUntil: number;
  /** When positions are sent. */
  readonly positions: readonly Span[];
}

const FILE = 'feed.json';

/**
 * Reads the state of a story; undefined where there is none, or none that can be read: then all is sent again, and its keys
 * keep it from standing there twice.
 */
export async function readState(dir: string | undefined, story: string): Promise<FeedState | undefined> {
  if (dir === undefined) return undefined;
  try {
    const state: unknown = JSON.parse(await readFile(join(dir, FILE), 'utf8'));
    return isState(state) && state.story === story ? state : undefined;
  } catch {
    return undefined;
  }
}

/** Writes it beside and renames, so that a power failure leaves the old one or the new one. */
export async function writeState(dir: string | undefined, state: FeedState): Promise<void> {
  if (dir === undefined) return;
  await mkdir(dir, { recursive: true });
  const beside = join(dir, `${FILE}.new`);
  await writeFile(beside, `${JSON.stringify(state)}\n`);
  await rename(beside, join(dir, FILE));
}

function isState(value: unknown): value is FeedState {
  if (typeof value !== 'object' || value === null) return false;
  const { version, story, firstDay, timeline, toldUntil, positions } = value as Record<string, unknown>;
  const isNumber = (each: unknown): boolean => typeof each === 'number' && Number.isFinite(each);
  return (
    version === 1 &&
    typeof story === 'string' &&
    isNumber(firstDay) &&
    isNumber(toldUntil) &&
    Array.isArray(timeline) &&
    timeline.every(
      (piece: unknown) =>
        typeof piece === 'object' &&
        piece !== null &&
        ['real', 'shown', 'speed'].every((name) => isNumber((piece as Record<string, unknown>)[name])),
    ) &&
    Array.isArray(positions) &&
    positions.every((span: unknown) => Array.isArray(span) && span.length === 2 && span.every(isNumber))
  );
}
