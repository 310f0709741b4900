import { defineStore } from 'pinia';
import { shallowRef } from 'vue';
import type { FeedState } from '../feed/feed.ts';

/** How the feed stands, and whether what it shows is the present. */
export const useConnection = defineStore('connection', () => {
  const state = shallowRef<FeedState>({ kind: 'connecting', attempt: 1 });
  const showsPresent = shallowRef(true);
  const set = (next: FeedState): void => {
    state.value = next;
  };
  return { state, showsPresent, set };
});
