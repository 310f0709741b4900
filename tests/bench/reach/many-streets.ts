import { buildStreetGraph } from '@maplewall/shared/geo/street-graph.ts';
import type { Road } from '@maplewall/shared/geo/street-joints.ts';

/**
 * Run as a program of its own, so that its memory is its own: makes streets of so many pieces, 12 m each on average, joins them
 * to a graph, and prints how long that took and the most memory it had.
 */
const pieces = Number(process.argv[2] ?? 1_000_000);
const PIECES_PER_ROAD = 10;
const STEP_DEGREES = 0.000_11;
const across = Math.round(Math.sqrt(pieces / 2 / PIECES_PER_ROAD));

/** Roads in both directions over a square, bent a little, none sharing a position with those that it crosses. */
function* roads(): Generator<Road> {
  for (const turned of [false, true])
    for (let row = 0; row < across; row++)
      for (let column = 0; column < across; column++) {
        const line = Array.from({ length: PIECES_PER_ROAD + 1 }, (_, step) => {
          const along = (column * PIECES_PER_ROAD + step) * STEP_DEGREES;
          const beside = row * PIECES_PER_ROAD * STEP_DEGREES + Math.sin(along * 900) * STEP_DEGREES * 0.3;
          return turned ? [120 + beside, 27 + along] : [120 + along, 27 + beside];
        });
        yield { class: 'street', line };
      }
}

const began = performance.now();
const graph = buildStreetGraph(roads(), { lng: 120, lat: 27 });
console.log(
  JSON.stringify({
    seconds: (performance.now() - began) / 1_000,
    edges: graph.edgeTo.length / 2,
    mebibytes: process.resourceUsage().maxRSS / 1_024,
  }),
);
