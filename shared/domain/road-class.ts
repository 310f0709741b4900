/** Classes of roads, from wide to narrow. */
export const ROAD_CLASSES = ['motorway', 'arterial', 'street', 'lane', 'path'] as const;
export type RoadClass = (typeof ROAD_CLASSES)[number];

/** Levels of roads: 0 is the ground, bridges lie above and tunnels below. As many as OpenStreetMap has. */
export const LEAST_LEVEL = -5;
export const MOST_LEVEL = 5;
export const isLevel = (value: unknown): value is number =>
  typeof value === 'number' && Number.isInteger(value) && value >= LEAST_LEVEL && value <= MOST_LEVEL;
