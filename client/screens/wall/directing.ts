/** What a wall with a director fetches besides: the director itself, and what its insets are drawn with. */
export { Director } from './director-lead.ts';
export { readRoads } from './inset/road-index.ts';
