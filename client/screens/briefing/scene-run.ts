import type { Fault } from '@maplewall/shared/domain/fault.ts';
import type { Scene } from '@maplewall/shared/domain/saved-briefing.ts';
import type { EpochMs } from '@maplewall/shared/domain/units.ts';
import type { FeedState } from '../../feed/feed.ts';

/** As on the line of a day: a few minutes without a record are a quiet city. */
const QUIET_MS = 3 * 60_000;

/** What a scene lacks of history. */
export type Missing =
  | { readonly kind: 'gap' | 'gone'; readonly from: EpochMs; readonly until: EpochMs }
  | { readonly kind: 'ended'; readonly at: EpochMs }
  | { readonly kind: 'failed'; readonly fault: Fault };

/** A scene that is being shown: how long it has played, and what it lacks. */
export interface SceneRun {
  readonly scene: Pick<Scene, 'seconds'>;
  readonly playedMs: number;
  readonly missing: Missing | undefined;
}

export const beginRun = (scene: SceneRun['scene']): SceneRun => ({ scene, playedMs: 0, missing: undefined });

export const isOver = ({ scene, playedMs }: SceneRun): boolean => playedMs >= scene.seconds * 1_000;

/** So much of ours went by. While history is being read, or the scene is held, its time does not run. */
export function goOn(run: SceneRun, passedMs: number, state: FeedState, shownAt: EpochMs): SceneRun {
  if (state.kind === 'loading' || state.kind === 'paused') return run;
  return { ...run, playedMs: run.playedMs + passedMs, missing: missingIn(run.missing, state, shownAt) };
}

function missingIn(before: Missing | undefined, state: FeedState, shownAt: EpochMs): Missing | undefined {
  switch (state.kind) {
    case 'ended':
      return { kind: 'ended', at: state.at };
    case 'failed':
      return { kind: 'failed', fault: state.fault };
    case 'gap':
    case 'gone': {
      // Where it began is known from the picture that first stood in it.
      const from = before?.kind === state.kind && before.until === state.until ? before.from : shownAt;
      return state.until - from > QUIET_MS ? { kind: state.kind, from, until: state.until } : undefined;
    }
    default:
      return undefined;
  }
}
