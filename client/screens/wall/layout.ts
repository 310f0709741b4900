import { pixelsPerUnit } from '../../design/tokens.ts';

export interface Rectangle {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

/** Where the parts of a wall stand, in pixels of the screen. */
export interface WallLayout {
  readonly top: Rectangle;
  readonly left: Rectangle;
  readonly right: Rectangle;
  readonly bottom: Rectangle;
  /** What is left of the map between the panels. */
  readonly free: Rectangle;
}

const MARGIN = 40;
const TOP_HEIGHT = 150;
const BOTTOM_HEIGHT = 220;
const COLUMN_WIDTH = 880;

/**
 * Lays a wall out. Sizes follow the smaller ratio to 3840 × 2160, so that a wider wall shows more of the map and
 * nothing larger.
 */
export function wallLayout(width: number, height: number): WallLayout {
  const unit = pixelsPerUnit(width, height);
  const margin = MARGIN * unit;
  const column = COLUMN_WIDTH * unit;
  const top: Rectangle = { left: margin, top: 0, width: width - 2 * margin, height: TOP_HEIGHT * unit };
  const bottomTop = height - BOTTOM_HEIGHT * unit;
  const bottom: Rectangle = {
    left: margin,
    top: bottomTop,
    width: width - 2 * margin,
    height: BOTTOM_HEIGHT * unit,
  };
  const between = { top: top.height, height: bottomTop - top.height };
  const left: Rectangle = { left: margin, width: column, ...between };
  const right: Rectangle = { left: width - margin - column, width: column, ...between };
  const freeLeft = left.left + left.width;
  return {
    top,
    left,
    right,
    bottom,
    free: { left: freeLeft, width: right.left - freeLeft, ...between },
  };
}
