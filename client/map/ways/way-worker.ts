import { latOf, lngOf, planeX, planeY } from '@maplewall/shared/geo/local-plane.ts';
import { WayFinder } from '@maplewall/shared/geo/shortest-way.ts';
import { buildStreetGraph, type StreetGraph } from '@maplewall/shared/geo/street-graph.ts';
import type { Road } from '@maplewall/shared/geo/street-joints.ts';
import type { FromWays, Place, ToWays } from './way-messages.ts';

/** Who is further from any street than this is not led along the streets. */
const REACH_METRES = 250;

interface RoadFile {
  readonly features: readonly {
    readonly properties: Pick<Road, 'class' | 'level'>;
    readonly geometry:
      | { readonly type: 'LineString'; readonly coordinates: readonly (readonly number[])[] }
      | {
          readonly type: 'MultiLineString';
          readonly coordinates: readonly (readonly (readonly number[])[])[];
        };
  }[];
}

interface Streets {
  readonly graph: StreetGraph;
  readonly finder: WayFinder;
}

const answer = (message: FromWays): void => {
  postMessage(message);
};

/** The streets of the city, once they are read; a search waits for them. */
let streets: Promise<Streets> | undefined;

async function readStreets(url: string, centre: Place): Promise<Streets> {
  const response = await fetch(url);
  if (!response.ok) throw new Error(`roads: HTTP ${response.status}`);
  const { features } = (await response.json()) as RoadFile;
  const graph = buildStreetGraph(features.flatMap(roadsOf), centre);
  return { graph, finder: new WayFinder(graph) };
}

function roadsOf({ properties, geometry }: RoadFile['features'][number]): Road[] {
  const lines = geometry.type === 'LineString' ? [geometry.coordinates] : geometry.coordinates;
  return lines.map((line) => ({ class: properties.class, level: properties.level, line }));
}

function findWay({ graph, finder }: Streets, from: Place, to: Place): Float64Array | undefined {
  const { plane } = graph;
  const way = finder.find(
    planeX(plane, from.lng),
    planeY(plane, from.lat),
    planeX(plane, to.lng),
    planeY(plane, to.lat),
    REACH_METRES,
  );
  if (way === undefined) return undefined;
  return Float64Array.from(way.points, (metres, index) =>
    index % 2 === 0 ? lngOf(plane, metres) : latOf(plane, metres),
  );
}

addEventListener('message', ({ data }: MessageEvent<ToWays>) => {
  if (data.type === 'roads') {
    streets = readStreets(data.url, data.centre);
    streets.catch((error: unknown) => {
      answer({ type: 'failed', message: String(error) });
    });
    return;
  }
  const { id, from, to } = data;
  void streets?.then(
    (found) => {
      answer({ type: 'way', id, points: findWay(found, from, to) });
    },
    () => {
      answer({ type: 'way', id, points: undefined });
    },
  );
});
