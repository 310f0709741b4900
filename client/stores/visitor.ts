import { defineStore } from 'pinia';
import { ref } from 'vue';

/** Whether visitors look on: then names and addresses are masked (client/panels/masking.ts). */
export const useVisitor = defineStore('visitor', () => {
  const visitor = ref(false);
  const toggle = (): void => {
    visitor.value = !visitor.value;
  };
  return { visitor, toggle };
});
