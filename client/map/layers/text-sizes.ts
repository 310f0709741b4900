import { SMALLEST_TEXT_UNITS } from '../../design/reading-size.ts';

/** The map is drawn for a screen of 1080 lines, on which a unit of the design is half a pixel. */
export const UNITS_PER_PIXEL = 2;

/** Nothing on the map that is to be read is smaller, in pixels of a screen of 1080 lines; names that then find no room are left out. */
export const LEAST_TEXT_PIXELS = SMALLEST_TEXT_UNITS / UNITS_PER_PIXEL;

/** Font size of what stands in a cell of the atlas, as a share of the cell. */
export const CELL_SHARES = { figure: 1.08, unit: 0.83, stamp: 0.42 } as const;

/** How large cells are drawn: figures with their unit, stamps, and the numbers at the corner of clusters. */
export const CELL_PIXELS = { ring: 17, orderHead: 17, stamp: 34, badge: 13, urgentBadge: 14 } as const;
