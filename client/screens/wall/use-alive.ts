import { onBeforeUnmount, onMounted } from 'vue';
import { ALIVE } from '../watch/watchdog.ts';

const EVERY_MS = 1_000;

/** Shows life to a watchdog that frames this page. It goes to whoever frames it and says nothing but that it lives. */
export function useAlive(): void {
  let timer: ReturnType<typeof setInterval> | undefined;
  onMounted(() => {
    if (window.parent === window) return;
    timer = setInterval(() => window.parent.postMessage(ALIVE, '*'), EVERY_MS);
  });
  onBeforeUnmount(() => clearInterval(timer));
}
