import { onBeforeUnmount, onMounted } from 'vue';
import type { ReplayMap } from '../wall/use-wall-map.ts';

/** While warmth is on the map the risk of grids is not: two fields of colour over each other say nothing. */
export function useWarmth(map: ReplayMap): void {
  onMounted(() => map.handle()?.setLayers({ risk: false }));
  onBeforeUnmount(() => {
    map.draw([]);
    map.handle()?.setLayers({});
  });
}
