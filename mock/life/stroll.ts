import type { Random } from '../seeded-random.ts';
import { lengthOf } from './flat-map.ts';
import type { Person } from './people.ts';
import { travelOf } from './people.ts';
import type { StreetNet } from './street-net.ts';

/** How gladly a patrol car takes each class of road, in the order of ROAD_CLASSES. */
const CAR_LIKES: readonly number[] = [0.02, 3, 2, 0.7, 0];
/** Turning round in the street is for dead ends. */
const TURNING_ROUND = 0.003;
/** Walking on away from the base beyond the roaming circle. */
const STRAYING = 0.02;

/**
 * Walks on along the streets as a patrol does: mostly straight ahead, round a corner now and then, not away from its
 * ground. Answers the nodes that are passed, the first one left out; none where no street leads on.
 */
export function stroll(
  streets: StreetNet,
  person: Person,
  from: number,
  metres: number,
  random: Random,
): readonly number[] {
  const travel = travelOf(person);
  const { xs, ys, firstEdge, edgeTo, edgeMetres, edgeClass } = streets;
  const { x: baseX, y: baseY } = person.base;
  const way: number[] = [];
  let node = from;
  let before = -1;
  let gone = 0;
  while (gone < metres) {
    const here = lengthOf((xs[node] ?? 0) - baseX, (ys[node] ?? 0) - baseY);
    const headingX = before === -1 ? 0 : (xs[node] ?? 0) - (xs[before] ?? 0);
    const headingY = before === -1 ? 0 : (ys[node] ?? 0) - (ys[before] ?? 0);
    const heading = lengthOf(headingX, headingY);
    let total = 0;
    let chosen = -1;
    // One pass: an edge replaces the one chosen so far with its share of the weight up to here.
    for (let edge = firstEdge[node] ?? 0; edge < (firstEdge[node + 1] ?? 0); edge += 1) {
      if (!streets.isOpen(edge, travel)) continue;
      const next = edgeTo[edge] ?? 0;
      if (!streets.isReachable(next, travel)) continue;
      let weight = travel === 'car' ? (CAR_LIKES[edgeClass[edge] ?? 0] ?? 0) : 1;
      if (next === before) weight *= TURNING_ROUND;
      else if (heading > 0) {
        const dx = (xs[next] ?? 0) - (xs[node] ?? 0);
        const dy = (ys[next] ?? 0) - (ys[node] ?? 0);
        const ahead = (dx * headingX + dy * headingY) / (heading * Math.max(1, lengthOf(dx, dy)));
        weight *= 0.25 + (1 + ahead) ** 2 / 4;
      }
      const there = lengthOf((xs[next] ?? 0) - baseX, (ys[next] ?? 0) - baseY);
      if (there > person.roamMetres && there > here) weight *= STRAYING;
      total += weight;
      if (weight > 0 && random.next() * total < weight) chosen = edge;
    }
    if (chosen === -1) break;
    before = node;
    node = edgeTo[chosen] ?? 0;
    gone += edgeMetres[chosen] ?? 0;
    way.push(node);
  }
  return way;
}
