import type { WallLayout } from './layout.ts';

/** Where the banners stand, as a style. */
export interface BannersPlace {
  readonly style: Readonly<Record<string, string>>;
  /** Whether they take the place of the last hour and the events while there are some. */
  readonly isFoot: boolean;
}

/**
 * Over the map where there is one. Where there is none they take the foot, so that no row of the queue is hidden; a replay
 * has its controls there, and its banners over the panels' upper edge.
 * @param width of the whole picture, in pixels
 */
export function bannersPlace(
  { free, top }: Pick<WallLayout, 'free' | 'top'>,
  width: number,
  isReplay: boolean,
): BannersPlace {
  const { left, width: across } = free ?? { left: 0, width };
  const isFoot = free === undefined && !isReplay;
  const edge = isFoot ? { bottom: '0px' } : { top: `${free?.top ?? top.height}px` };
  return { style: { left: `${left}px`, width: `${across}px`, ...edge }, isFoot };
}
