import { defineStore } from 'pinia';
import { shallowRef } from 'vue';
import type { Summary } from '../world/summarise.ts';

/** The last summary of the shown world; undefined before the first keyframe. */
export const useSummary = defineStore('summary', () => {
  const summary = shallowRef<Summary>();
  const set = (next: Summary): void => {
    summary.value = next;
  };
  return { summary, set };
});
