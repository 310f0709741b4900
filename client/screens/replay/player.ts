import { epochMs, type EpochMs } from '@maplewall/shared/domain/units.ts';
import type { Playback } from '../../feed/feed.ts';

export const SPEEDS = [0.25, 1, 10, 60, 600] as const;
const STEP_MS = 10_000;
const LONG_STEP_MS = 60_000;
const SECOND_MS = 1_000;
/** Whoever asks for the incident before the one that just began means the one before that. */
const JUST_BEGUN_MS = 2_000;

/** What can be done with a replay, by a button or a key. */
export type PlayerCommand =
  | { readonly kind: 'toggle' }
  | { readonly kind: 'faster' | 'slower' }
  | { readonly kind: 'step'; readonly ms: number; readonly pauses: boolean }
  | { readonly kind: 'incident'; readonly direction: 1 | -1 };

export interface PressedKey {
  readonly key: string;
  readonly shiftKey: boolean;
  readonly ctrlKey: boolean;
  readonly altKey: boolean;
  readonly metaKey: boolean;
}

/** As in video editors: space and K, J and L, arrows, comma and full stop; N and P for the incidents. */
export function commandOf({
  key,
  shiftKey,
  ctrlKey,
  altKey,
  metaKey,
}: PressedKey): PlayerCommand | undefined {
  if (ctrlKey || altKey || metaKey) return undefined;
  const step = shiftKey ? LONG_STEP_MS : STEP_MS;
  switch (key.length === 1 ? key.toLowerCase() : key) {
    case ' ':
    case 'k':
      return { kind: 'toggle' };
    case 'l':
      return { kind: 'faster' };
    case 'j':
      return { kind: 'slower' };
    case 'ArrowLeft':
      return { kind: 'step', ms: -step, pauses: false };
    case 'ArrowRight':
      return { kind: 'step', ms: step, pauses: false };
    case ',':
      return { kind: 'step', ms: -SECOND_MS, pauses: true };
    case '.':
      return { kind: 'step', ms: SECOND_MS, pauses: true };
    case 'n':
      return { kind: 'incident', direction: 1 };
    case 'p':
      return { kind: 'incident', direction: -1 };
    default:
      return undefined;
  }
}

/** The next speed of SPEEDS upward or downward; the last one stays. */
export function nextSpeed(speed: number, direction: 1 | -1): number {
  const others = SPEEDS.filter((one) => (direction === 1 ? one > speed : one < speed));
  return (direction === 1 ? others[0] : others.at(-1)) ?? speed;
}

/** The incident after (or before) a moment, of moments in order; undefined where there is none. */
export function incidentFrom(
  moments: readonly EpochMs[],
  at: EpochMs,
  direction: 1 | -1,
): EpochMs | undefined {
  return direction === 1
    ? moments.find((moment) => moment > at)
    : moments.findLast((moment) => moment < at - JUST_BEGUN_MS);
}

/** Does it. `incidents` are the moments at which they came in, in order. */
export function perform(
  command: PlayerCommand,
  playback: Pick<Playback, 'isPlaying' | 'speed' | 'play' | 'pause' | 'setSpeed' | 'seek'>,
  at: EpochMs,
  incidents: readonly EpochMs[],
): void {
  switch (command.kind) {
    case 'toggle':
      if (playback.isPlaying) playback.pause();
      else playback.play();
      return;
    case 'faster':
      playback.setSpeed(nextSpeed(playback.speed, 1));
      return;
    case 'slower':
      playback.setSpeed(nextSpeed(playback.speed, -1));
      return;
    case 'step':
      if (command.pauses) playback.pause();
      playback.seek(epochMs(at + command.ms));
      return;
    case 'incident': {
      const moment = incidentFrom(incidents, at, command.direction);
      if (moment !== undefined) playback.seek(moment);
    }
  }
}
