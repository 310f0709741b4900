import { onBeforeUnmount, onMounted, ref, type Ref } from 'vue';
import { isWriting } from './is-writing.ts';

const CURSOR_HIDES_MS = 3_000;

/** Loads the page anew if it is there at this moment: a browser that gets no answer shows its own page of that for ever. */
export function reloadIfServed(): void {
  const { location } = window;
  void fetch(location.href).then(
    ({ ok }) => ok && location.reload(),
    () => undefined,
  );
}

/** What a wall asks of its browser: the screen stays awake, and the cursor is gone when nobody moves it. */
export function useUnattended(): { readonly isCursorHidden: Ref<boolean> } {
  const isCursorHidden = ref(false);
  let timer: ReturnType<typeof setTimeout> | undefined;
  let lock: WakeLockSentinel | undefined;

  const stayAwake = async (): Promise<void> => {
    if (document.visibilityState !== 'visible' || !('wakeLock' in navigator)) return;
    // Refused without https or on battery: then the machine's own settings decide.
    lock = await navigator.wakeLock.request('screen').catch(() => undefined);
  };
  const onVisible = (): void => void stayAwake();
  const onMove = (): void => {
    isCursorHidden.value = false;
    clearTimeout(timer);
    timer = setTimeout(() => {
      isCursorHidden.value = true;
    }, CURSOR_HIDES_MS);
  };
  /** Browsers grant the full screen only to a hand: F, or two clicks. */
  const onFull = (event: Event): void => {
    if ((event instanceof KeyboardEvent && event.key.toLowerCase() !== 'f') || isWriting(event)) return;
    if (document.fullscreenElement === null)
      void document.documentElement.requestFullscreen().catch(() => undefined);
    else void document.exitFullscreen();
  };
  onMounted(() => {
    void stayAwake();
    onMove();
    document.addEventListener('visibilitychange', onVisible);
    window.addEventListener('pointermove', onMove);
    window.addEventListener('keydown', onFull);
    window.addEventListener('dblclick', onFull);
  });
  onBeforeUnmount(() => {
    clearTimeout(timer);
    void lock?.release();
    document.removeEventListener('visibilitychange', onVisible);
    window.removeEventListener('pointermove', onMove);
    window.removeEventListener('keydown', onFull);
    window.removeEventListener('dblclick', onFull);
  });
  return { isCursorHidden };
}
