import { ROAD_CLASSES } from '@maplewall/shared/domain/road-class.ts';
import type { Random } from '../seeded-random.ts';
import type { Point } from './flat-map.ts';
import type { NamedPlace } from './pack.ts';
import type { StreetNet } from './street-net.ts';

/** How many people a place draws, and how far round it they are, in metres. */
const DRAW: Readonly<Record<string, readonly [weight: number, metres: number]>> = {
  market: [1.7, 240],
  transport: [1.6, 260],
  park: [1, 240],
  hospital: [1, 200],
  school: [0.6, 180],
  government: [0.6, 200],
  enterprise: [0.6, 280],
  village: [0.4, 260],
};
/** People on a street without any place near. */
const EVERYWHERE = 0.12;
/** Where accidents happen, in the order of ROAD_CLASSES. */
const TRAFFIC: readonly number[] = [1.2, 3, 1.6, 0.5, 0.1];
const MOTORWAY = ROAD_CLASSES.indexOf('motorway');

/** Where in the city people are: a weight for each node of the streets, greater where streets and places are dense. */
export class Crowd {
  readonly #streets: StreetNet;
  readonly #density: Float64Array;
  readonly #people: Float64Array;
  readonly #traffic: Float64Array;

  constructor(streets: StreetNet, places: readonly NamedPlace[]) {
    this.#streets = streets;
    this.#density = new Float64Array(streets.count).fill(EVERYWHERE);
    for (const { kind, point } of places) {
      const [weight, metres] = DRAW[kind] ?? [0.3, 200];
      for (let node = 0; node < streets.count; node += 1) {
        const square = ((streets.xs[node] ?? 0) - point.x) ** 2 + ((streets.ys[node] ?? 0) - point.y) ** 2;
        if (square < 9 * metres * metres)
          this.#density[node] =
            (this.#density[node] ?? 0) + weight * Math.exp(-square / (2 * metres * metres));
      }
    }
    this.#people = this.#sums((edge) => (streets.edgeClass[edge] === MOTORWAY ? 0 : 1));
    this.#traffic = this.#sums((edge) => TRAFFIC[streets.edgeClass[edge] ?? 0] ?? 0);
  }

  /** People near a node, as a number without unit. */
  densityAt(node: number): number {
    return this.#density[node] ?? 0;
  }

  /** A node where something happens: among people, or on the carriageway. */
  pick(among: 'people' | 'traffic', random: Random): number {
    const sums = among === 'people' ? this.#people : this.#traffic;
    const wanted = random.next() * (sums.at(-1) ?? 0);
    let low = 0;
    let high = sums.length - 1;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((sums[middle] ?? 0) > wanted) high = middle;
      else low = middle + 1;
    }
    return low;
  }

  /** A point on a street at a node, up to half an edge away, at the kerb or at a door. */
  besides(node: number, random: Random): Point {
    const { firstEdge, edgeTo } = this.#streets;
    const first = firstEdge[node] ?? 0;
    const count = (firstEdge[node + 1] ?? 0) - first;
    const here = this.#streets.node(node);
    if (count === 0) return here;
    const there = this.#streets.node(edgeTo[first + random.below(count)] ?? node);
    const share = random.between(0, 0.5);
    const length = Math.max(1, Math.hypot(there.x - here.x, there.y - here.y));
    const aside = random.between(2, 16) * (random.chance(0.5) ? 1 : -1);
    return {
      x: here.x + (there.x - here.x) * share - ((there.y - here.y) / length) * aside,
      y: here.y + (there.y - here.y) * share + ((there.x - here.x) / length) * aside,
    };
  }

  /** Sums of the weights up to each node: half the length of its edges times the people there. */
  #sums(factor: (edge: number) => number): Float64Array {
    const { count, firstEdge, edgeMetres } = this.#streets;
    const sums = new Float64Array(count);
    let sum = 0;
    for (let node = 0; node < count; node += 1) {
      let metres = 0;
      for (let edge = firstEdge[node] ?? 0; edge < (firstEdge[node + 1] ?? 0); edge += 1)
        metres += (edgeMetres[edge] ?? 0) * factor(edge);
      sum += metres * (this.#density[node] ?? 0);
      sums[node] = sum;
    }
    return sums;
  }
}
