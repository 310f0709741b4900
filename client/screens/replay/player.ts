import { epochMs, type EpochMs } from '@maplewall/shared/domain/units.ts';
import type { Playback } from '../../feed/feed.ts';
import type { BackwardPlay } from './backward-play.ts';

export const SPEEDS = [0.25, 1, 10, 60, 600] as const;
const STEP_MS = 10_000;
const LONG_STEP_MS = 60_000;
const SECOND_MS = 1_000;
export const ZOOM_PER_KEY = 2;
/** Whoever asks for the incident before the one that just began means the one before that. */
const JUST_BEGUN_MS = 2_000;

/** What a replay that goes back like a film does not survive. */
const ENDS_BACKWARD: ReadonlySet<PlayerCommand['kind']> = new Set([
  'toggle',
  'forward',
  'step',
  'incident',
  'event',
]);

/** What can be done with a replay, by a button or a key. */
export type PlayerCommand =
  | { readonly kind: 'toggle' }
  /** Plays, and plays faster if it does. */
  | { readonly kind: 'forward' }
  | { readonly kind: 'faster' | 'slower' }
  | { readonly kind: 'step'; readonly ms: number; readonly pauses: boolean }
  | { readonly kind: 'incident' | 'event'; readonly direction: 1 | -1 }
  /** Going back like a film, each time twice as fast. */
  | { readonly kind: 'backward' }
  /** An end of the passage is where the head is. */
  | { readonly kind: 'passage'; readonly end: 'from' | 'to' }
  /** The line shows less (below 1) or more of the day round the moment shown. */
  | { readonly kind: 'zoom'; readonly factor: number };

export interface PressedKey {
  readonly key: string;
  readonly shiftKey: boolean;
  readonly ctrlKey: boolean;
  readonly altKey: boolean;
  readonly metaKey: boolean;
}

/**
 * As in video editors: space and K, J back and L forward, arrows (upward and downward from event to event, as there from cut to
 * cut), comma and full stop, I and O for the ends of a passage, plus and minus for the line; N and P for the incidents, < and >
 * for the speed.
 */
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
      return { kind: 'forward' };
    case 'j':
      return { kind: 'backward' };
    case '>':
      return { kind: 'faster' };
    case '<':
      return { kind: 'slower' };
    case 'ArrowUp':
      return { kind: 'event', direction: -1 };
    case 'ArrowDown':
      return { kind: 'event', direction: 1 };
    case 'i':
      return { kind: 'passage', end: 'from' };
    case 'o':
      return { kind: 'passage', end: 'to' };
    case '+':
    case '=':
      return { kind: 'zoom', factor: 1 / ZOOM_PER_KEY };
    case '-':
    case '_':
      return { kind: 'zoom', factor: ZOOM_PER_KEY };
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

/** What `perform` needs; a replay that cannot step from event to event stays where it is. */
export type PlayedByHand = Pick<Playback, 'isPlaying' | 'speed' | 'play' | 'pause' | 'setSpeed' | 'seek'> &
  Partial<Pick<Playback, 'stepToEvent'>>;

/** Does what concerns the playing. `incidents` are the moments at which they came in, in order. */
export function perform(
  command: PlayerCommand,
  playback: PlayedByHand,
  at: EpochMs,
  incidents: readonly EpochMs[],
  backward: Pick<BackwardPlay, 'isGoing' | 'faster' | 'stop'>,
): void {
  const wentBack = backward.isGoing;
  if (ENDS_BACKWARD.has(command.kind)) backward.stop();
  switch (command.kind) {
    case 'backward':
      backward.faster();
      return;
    case 'forward':
      if (playback.isPlaying) playback.setSpeed(nextSpeed(playback.speed, 1));
      else playback.play();
      return;
    case 'event':
      playback.stepToEvent?.(command.direction);
      return;
    case 'passage':
    case 'zoom':
      return;
    case 'toggle':
      if (wentBack) return;
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
