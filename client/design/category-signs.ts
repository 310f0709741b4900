/** A sign's square, and how wide its strokes are. */
export const SIGN_UNITS = 24;
export const SIGN_STROKE = 2.2;

/** Strokes and filled shapes as SVG paths on a square of SIGN_UNITS, y down, drawn for this map. */
export interface CategorySign {
  readonly strokes: string;
  readonly fills?: string;
}

/** What each category of incident is marked with, on the map and on paper. */
export const CATEGORY_SIGNS = {
  // two cuffs and the link between them
  criminal: {
    strokes: 'M7 9.5a4.5 4.5 0 1 0 .01 0M17 9.5a4.5 4.5 0 1 0 .01 0M10.6 11.4L13.4 11.4M7 9.5V6M17 9.5V6',
  },
  // a shield with a stroke of alarm
  publicOrder: {
    strokes:
      'M12 3L19.5 5.6V11.5C19.5 16.2 16.2 19.4 12 21C7.8 19.4 4.5 16.2 4.5 11.5V5.6ZM12 8V12.6M12 16V16.1',
  },
  // a car from the front
  traffic: {
    strokes:
      'M5.2 11.5L7 6.5H17L18.8 11.5M4 11.5H20V17.5H4ZM6 17.5V20M18 17.5V20M7.4 14.5H8.4M15.6 14.5H16.6',
  },
  // two who speak at once
  dispute: { strokes: 'M3 4H15V12H9L6 15V12H3ZM18 9H21V17H18V20L15 17H9.5V15.2' },
  // a lifebuoy
  help: {
    strokes:
      'M12 3.5a8.5 8.5 0 1 0 .01 0M12 8.5a3.5 3.5 0 1 0 .01 0M6 6L9.5 9.5M18 6L14.5 9.5M6 18L9.5 14.5M18 18L14.5 14.5',
  },
  // a flame
  fireAndSafety: {
    strokes:
      'M12.5 2.8C13 6.2 18.5 8.6 18.5 14.4C18.5 18.4 15.6 21 12 21C8.4 21 5.5 18.4 5.5 14.6C5.5 11.6 7.4 10.2 8 7.6C9.6 8.4 10.2 9.6 10.3 11C11.9 9.2 12.8 6 12.5 2.8Z',
    fills:
      'M12.2 13C12.6 15 14.6 15.6 14.6 17.8C14.6 19.4 13.4 20.2 12 20.2C10.6 20.2 9.4 19.4 9.4 17.8C9.4 16 11.6 15.4 12.2 13Z',
  },
  // a phone that calls for attention
  fraud: { strokes: 'M7 3H17V21H7ZM12 7V12.2M12 15.6V15.7M10 18.4H14' },
  // a sheet that is handed on
  nonPolice: { strokes: 'M6 3.5H14L18 7.5V20.5H6ZM14 3.5V7.5H18M9 12H15M9 16H13' },
} as const satisfies Readonly<Record<string, CategorySign>>;
