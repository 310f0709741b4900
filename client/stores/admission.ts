import { defineStore } from 'pinia';
import { shallowRef } from 'vue';
import { checkAdmission, TOKEN_KEY, type Admission } from './check-admission.ts';
import { pageStorage } from './page-storage.ts';

/** Whether this page may look at the city. */
export const useAdmission = defineStore('admission', () => {
  const admission = shallowRef<Admission>({ state: 'unknown' });
  /** Asks anew; what the gateway does not say changes nothing. */
  const check = async (): Promise<void> => {
    const found = await checkAdmission({ ask: (path, init) => fetch(path, init), storage: pageStorage });
    if (found.state !== 'unknown') admission.value = found;
  };
  /** Keeps the token of a screen that was just admitted. */
  const keep = async (token: string): Promise<void> => {
    pageStorage.setItem(TOKEN_KEY, token);
    await check();
  };
  return { admission, check, keep };
});
