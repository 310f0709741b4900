import { computed, onBeforeUnmount, onMounted, shallowRef, watchEffect, type ComputedRef } from 'vue';
import { unitFor, type ReadingRoom } from '../../design/reading-size.ts';
import type { MapScreen } from '../../map/map-handle.ts';

/** In units of the design, as briefing.css has them. */
export const HEAD_UNITS = 190;
export const FOOT_UNITS = 170;
export const NOTE_UNITS = 1_180;

/** The map over the whole screen, less what head, foot and note cover; and `--u` on the page. */
export function useStage(room: ReadingRoom | undefined, hasNotes: boolean): ComputedRef<MapScreen> {
  const size = shallowRef({ width: window.innerWidth, height: window.innerHeight });
  const onResize = (): void => {
    size.value = { width: window.innerWidth, height: window.innerHeight };
  };
  const screen = computed((): MapScreen => {
    const { width, height } = size.value;
    const unit = unitFor(width, height, room);
    return {
      unit,
      picture: { width, height, left: 0, top: 0, screenWidth: width, screenHeight: height },
      insets: {
        left: 0,
        right: hasNotes ? NOTE_UNITS * unit : 0,
        top: HEAD_UNITS * unit,
        bottom: FOOT_UNITS * unit,
      },
    };
  });
  const root = document.documentElement;
  watchEffect(() => root.style.setProperty('--u', `${screen.value.unit}px`));
  onMounted(() => window.addEventListener('resize', onResize));
  onBeforeUnmount(() => {
    window.removeEventListener('resize', onResize);
    root.style.removeProperty('--u');
  });
  return screen;
}
