import type { Knowledge } from '../feed/feed.ts';

/** What is shown: the present, or history from a moment on. */
export type Shown = { readonly kind: 'live' } | ShownReplay;

export interface ShownReplay {
  readonly kind: 'replay';
  readonly from: number;
  readonly speed: number;
  readonly knowledge: Knowledge;
}
