import type { RoadGraph, StreetFaults } from '@maplewall/shared/geo/street-graph.ts';
import { MOST_ROADS_AT_FAULT } from '@maplewall/shared/geo/street-joints.ts';
import type { CityPack } from '../city/read-pack.ts';
import { roadsOf, type PackRoad } from './street-cache.ts';

/** What came of the pack's roads, and what of them was mended or could not be. */
export interface StreetReport {
  readonly counts: StreetFaults & {
    readonly junctions: number;
    readonly pieces: number;
    readonly roadsOutside: number;
  };
  /** The first few roads of each fault. */
  readonly roads: Readonly<Record<'empty' | 'repeated' | 'selfCrossing' | 'outside', readonly RoadAtFault[]>>;
}

/** A road as whoever keeps the pack finds it. */
export interface RoadAtFault extends Pick<PackRoad, 'feature' | 'name'> {
  /** Where it begins. */
  readonly at: readonly number[];
}

/** What `openStreets` made of the roads of this pack. */
export function streetReport(pack: Pick<CityPack, 'city' | 'files'>, graph: RoadGraph): StreetReport {
  const roads = roadsOf(pack);
  const told = (which: readonly PackRoad[]): readonly RoadAtFault[] =>
    which
      .slice(0, MOST_ROADS_AT_FAULT)
      .map(({ feature, name, line }) => ({ feature, name, at: line[0] ?? [] }));
  const named = (which: readonly number[]): readonly RoadAtFault[] =>
    told(which.flatMap((index) => roads[index] ?? []));
  const outside = outsideOf(pack, roads);
  const { empty, repeated, selfCrossing } = graph.roadsAtFault;
  return {
    counts: {
      junctions: graph.nodeX.length,
      pieces: graph.edgeTo.length / 2,
      ...graph.faults,
      roadsOutside: outside.length,
    },
    roads: {
      empty: named(empty),
      repeated: named(repeated),
      selfCrossing: named(selfCrossing),
      outside: told(outside),
    },
  };
}

/** Roads that lie outside of the city's bounds from end to end: they count, but hardly anybody of the city will use them. */
function outsideOf({ city }: Pick<CityPack, 'city'>, roads: readonly PackRoad[]): readonly PackRoad[] {
  const [west = -180, south = -90, east = 180, north = 90] = city.bounds;
  const isOutside = ([lng = 0, lat = 0]: readonly number[]): boolean =>
    lng < west || lng > east || lat < south || lat > north;
  return roads.filter(({ line }) => line.every(isOutside));
}
