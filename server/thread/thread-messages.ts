/** What can be asked of a thread, by topic; all of it must be able to cross between threads (structured clone). */
export type Topics<Q> = { readonly [T in keyof Q]: { readonly ask: unknown; readonly answer: unknown } };

export type ToThread<Q extends Topics<Q>> =
  | { readonly type: 'ask'; readonly id: number; readonly topic: keyof Q; readonly ask: Q[keyof Q]['ask'] }
  | { readonly type: 'stop' };

export type FromThread<Q extends Topics<Q>, Ready> =
  | { readonly type: 'ready'; readonly ready: Ready }
  | { readonly type: 'warning'; readonly about: object; readonly sentence: string }
  | { readonly type: 'answer'; readonly id: number; readonly answer: Q[keyof Q]['answer'] }
  | { readonly type: 'failed'; readonly id: number; readonly error: string };
