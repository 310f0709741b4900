import type { EpochMs } from '../domain/units.ts';

/**
 * Answer to `hello`. `run` names this run of the gateway: frame numbers mean something only within one run.
 * `build` is the client build that the gateway serves, so that a wall can tell that a newer one is there.
 */
export interface Welcome {
  readonly wireVersion: number;
  readonly run: string;
  readonly build: string;
  readonly serverTime: EpochMs;
}

/**
 * The gateway refuses this viewer ('wireVersion', 'access') and closes the socket after it, or only one of its messages
 * ('message'), and says why. It closes the socket after some such messages.
 */
export interface Refusal {
  readonly code: 'wireVersion' | 'message' | 'access';
  readonly sentence: string;
}

/**
 * Messages from the gateway, by socket.io event name. `frame` carries one envelope (envelope.ts) that holds
 * either a frame or a keyframe.
 */
export interface DownMessages {
  welcome: (message: Welcome) => void;
  frame: (envelope: Uint8Array) => void;
  refused: (message: Refusal) => void;
}
