import { onBeforeUnmount, ref, watch, type Ref } from 'vue';
import { unitInForce } from '../design/tokens.ts';

/** How many rows of a height fit into an element, whole ones only; follows the element's size. */
export function useFittingRows(element: Ref<HTMLElement | null>, rowUnits: number): Ref<number> {
  const rows = ref(0);
  let observer: ResizeObserver | undefined;
  watch(
    element,
    (place) => {
      observer?.disconnect();
      if (place === null) return;
      observer = new ResizeObserver(([entry]) => {
        const unit = unitInForce(place);
        rows.value = Math.floor((entry?.contentRect.height ?? 0) / (rowUnits * unit) + 0.01);
      });
      observer.observe(place);
    },
    { flush: 'post' },
  );
  onBeforeUnmount(() => observer?.disconnect());
  return rows;
}
