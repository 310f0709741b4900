import type { WallLayout } from './layout.ts';

/** How far from each edge of the picture the map is wholly hidden, in pixels: beyond that it fades in. */
export interface Shades {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

/** What hides the map below the panels, so that no name of it runs through their words; undefined without a map. */
export function mapShades({ free, top, bottom }: WallLayout, width: number): Shades | undefined {
  if (free === undefined) return undefined;
  return {
    left: free.left,
    right: width - free.left - free.width,
    top: top.height,
    bottom: bottom.height,
  };
}
