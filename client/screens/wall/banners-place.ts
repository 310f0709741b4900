import type { WallLayout } from './layout.ts';

/** Where the banners stand, as a style. */
export interface BannersPlace {
  readonly style: Readonly<Record<string, string>>;
  /** Whether alarms take the place of the last hour and the events while there are some. */
  readonly alarmsInFoot: boolean;
}

/**
 * Over the map where there is one, else over the panels' upper edge. Alarms stand for long; where there is no map they take
 * the foot, so that no row of the queue is hidden, but in a replay, which has its controls there.
 * @param width of the whole picture, in pixels
 */
export function bannersPlace(
  { free, top }: Pick<WallLayout, 'free' | 'top'>,
  width: number,
  isReplay: boolean,
): BannersPlace {
  const { left, width: across } = free ?? { left: 0, width };
  return {
    style: { left: `${left}px`, width: `${across}px`, top: `${free?.top ?? top.height}px` },
    alarmsInFoot: free === undefined && !isReplay,
  };
}
