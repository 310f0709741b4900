import { computed, onBeforeUnmount, onMounted, shallowRef, watchEffect, type ComputedRef } from 'vue';
import { unitFor } from '../../design/reading-size.ts';
import type { MapScreen } from '../../map/map-handle.ts';
import { footUnits, wallLayout, type WallLayout } from './layout.ts';
import { pictureOf, type Picture, type WallOptions } from './wall-options.ts';

export interface Screen {
  readonly picture: ComputedRef<Picture>;
  readonly layout: ComputedRef<WallLayout>;
  /** What the map is told of the screen. */
  readonly mapScreen: ComputedRef<MapScreen>;
}

/** The screen's size as it is now, what follows from it, and `--u` on the page. */
export function useScreen(options: WallOptions): Screen {
  const size = shallowRef({ width: window.innerWidth, height: window.innerHeight });
  const picture = computed(() => pictureOf(options.tile, size.value.width, size.value.height));
  const unit = computed(() => unitFor(picture.value.width, picture.value.height, options.room));
  const layout = computed(() =>
    wallLayout(picture.value.width, picture.value.height, unit.value, options.view),
  );
  const mapScreen = computed((): MapScreen => {
    const { width, height } = picture.value;
    const { free, top, bottom } = layout.value;
    return {
      unit: unit.value,
      picture: { ...picture.value, screenWidth: size.value.width, screenHeight: size.value.height },
      insets: {
        left: free?.left ?? 0,
        right: free === undefined ? 0 : width - free.left - free.width,
        top: top.height,
        bottom: height - bottom.top + footUnits((free?.width ?? width) / unit.value) * unit.value,
      },
    };
  });
  const root = document.documentElement;
  watchEffect(() => root.style.setProperty('--u', `${unit.value}px`));
  // On paper the screen is one page, whatever the paper: the printer makes it fit.
  const page = document.createElement('style');
  watchEffect(() => {
    page.textContent = `@page { size: ${size.value.width}px ${size.value.height}px; margin: 0; }`;
  });
  const onResize = (): void => {
    size.value = { width: window.innerWidth, height: window.innerHeight };
  };
  onMounted(() => {
    document.head.append(page);
    window.addEventListener('resize', onResize);
  });
  onBeforeUnmount(() => {
    window.removeEventListener('resize', onResize);
    root.style.removeProperty('--u');
    page.remove();
  });
  return { picture, layout, mapScreen };
}
