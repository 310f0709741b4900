import { defineStore } from 'pinia';
import { ref } from 'vue';
import { tabStorage } from './page-storage.ts';

const KEPT = 'visitor';

/**
 * Whether visitors look on: then names and addresses are masked (client/panels/masking.ts). A mask that a hand has put on
 * stays in this tab until a hand takes it off, so that no new build and no watchdog uncovers what it hides; one that
 * the address asks for is there whenever the address is opened.
 */
export const useVisitor = defineStore('visitor', () => {
  const visitor = ref(false);
  /** A page begins, with what its address asks for. */
  const begin = (isVisitor: boolean): void => {
    visitor.value = isVisitor || tabStorage.getItem(KEPT) !== null;
  };
  const toggle = (): void => {
    visitor.value = !visitor.value;
    if (visitor.value) tabStorage.setItem(KEPT, 'on');
    else tabStorage.removeItem(KEPT);
  };
  return { visitor, begin, toggle };
});
