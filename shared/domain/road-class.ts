/** Classes of roads, from wide to narrow. */
export const ROAD_CLASSES = ['motorway', 'arterial', 'street', 'lane', 'path'] as const;
export type RoadClass = (typeof ROAD_CLASSES)[number];
