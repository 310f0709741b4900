import { defineStore } from 'pinia';
import { shallowRef } from 'vue';
import type { FeedState } from '../feed/feed.ts';

/** How the feed stands, whether what it shows is the present, and if not, whether it is as it was known then. */
export const useConnection = defineStore('connection', () => {
  const state = shallowRef<FeedState>({ kind: 'connecting', attempt: 1 });
  const showsPresent = shallowRef(true);
  const showsThen = shallowRef(false);
  const set = (next: FeedState): void => {
    state.value = next;
  };
  return { state, showsPresent, showsThen, set };
});
