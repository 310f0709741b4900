import type { EpochMs } from '@maplewall/shared/domain/units.ts';
import type { CityTime } from '../../world/city-time.ts';

/** Words of an address that a replay has and a screen of the present has not. */
const REPLAY_WORDS = ['as', 'rewound', 'speed', 'look'];
/** A screen of the present, with a layout's name as docs and gateway know it, as it stands in an address. */
const LIVE_PATH = /^\/(?:wall|console)(?:\/[A-Za-z0-9_\-\u4e00-\u9fff]{1,40})?\/?$/;

function decoded(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return '';
  }
}

/**
 * Where a screen of the present goes to show a moment that has just passed, as it was known then: the same screen as a
 * replay that knows the way back.
 * @param live its address: '/wall' or '/console', a saved layout's name, and its words
 */
export function rewindAddress(
  at: EpochMs,
  time: CityTime,
  live: { readonly path: string; readonly search: string },
): string {
  const words = new URLSearchParams(live.search);
  words.set('as', 'then');
  words.set('rewound', live.path);
  const screen = live.path.startsWith('/console') ? '/console' : '/replay';
  return `${screen}/${time.day(at)}/${time.clock(at)}?${words.toString()}`;
}

/**
 * The way back of a screen that was rewound; undefined for a replay that was opened by itself. One that cannot find it goes
 * to the wall: it must not stay in the past.
 */
export function addressBeforeRewind(search: string): string | undefined {
  const words = new URLSearchParams(search);
  const rewound = words.get('rewound');
  if (rewound === null) return undefined;
  const path = LIVE_PATH.test(decoded(rewound)) ? rewound : '/wall';
  for (const word of REPLAY_WORDS) words.delete(word);
  const rest = words.toString();
  return rest === '' ? path : `${path}?${rest}`;
}
