import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { areaOf } from '@maplewall/shared/geo/contour.ts';
import { NearestStreet } from '@maplewall/shared/geo/nearest-street.ts';
import { reachedArea, STREET_SIDE_METRES } from '@maplewall/shared/geo/reached-area.ts';
import { reachedStreets, type ReachedPiece } from '@maplewall/shared/geo/reached-streets.ts';
import { nearestPart } from '@maplewall/shared/geo/segment-grid.ts';
import { buildStreetGraph, type StreetGraph } from '@maplewall/shared/geo/street-graph.ts';
import { StreetSearch } from '@maplewall/shared/geo/street-search.ts';
import { givenFile, isGiven } from '../support/given-data.ts';
import { part } from '../support/part.ts';

const ROADS = 'longgang/roads_longgang.geojson';
const SOURCES = 6;

function readStreets(): StreetGraph {
  const { features } = JSON.parse(readFileSync(givenFile(ROADS), 'utf8')) as {
    readonly features: readonly {
      readonly geometry: { readonly coordinates: readonly (readonly number[])[] };
    }[];
  };
  return buildStreetGraph(
    features.map(({ geometry }) => ({ class: 'street', line: geometry.coordinates })),
    { lng: 120.553, lat: 27.578 },
  );
}

/** Dijkstra as in a textbook: of all nodes seen and not done, the nearest is next. */
function plainCosts({ firstEdge, edgeTo, edgeMetres, nodeX }: StreetGraph, from: number): Float64Array {
  const cost = new Float64Array(nodeX.length).fill(Infinity);
  cost[from] = 0;
  const seen = new Set([from]);
  while (seen.size > 0) {
    let next = -1;
    for (const node of seen) if (next < 0 || (cost[node] ?? 0) < (cost[next] ?? 0)) next = node;
    seen.delete(next);
    for (let edge = firstEdge[next] ?? 0; edge < (firstEdge[next + 1] ?? 0); edge++) {
      const to = edgeTo[edge] ?? 0;
      const metres = (cost[next] ?? 0) + (edgeMetres[edge] ?? 0);
      if (metres >= (cost[to] ?? 0)) continue;
      cost[to] = metres;
      seen.add(to);
    }
  }
  return cost;
}

/** Square metres of the five-metre squares whose middle lies near enough to a reached street. */
function flooded(pieces: readonly ReachedPiece[]): number {
  const near = new Set<string>();
  const reach = STREET_SIDE_METRES;
  for (const { x1, y1, x2, y2 } of pieces)
    for (
      let column = Math.floor((Math.min(x1, x2) - reach) / 5);
      column * 5 <= Math.max(x1, x2) + reach;
      column++
    )
      for (let row = Math.floor((Math.min(y1, y2) - reach) / 5); row * 5 <= Math.max(y1, y2) + reach; row++) {
        const [x, y] = [column * 5 + 2.5, row * 5 + 2.5];
        const along = nearestPart(x, y, x1, y1, x2, y2);
        if (Math.hypot(x1 + (x2 - x1) * along - x, y1 + (y2 - y1) * along - y) <= reach)
          near.add(`${column} ${row}`);
      }
  return near.size * 25;
}

part('the real streets of Longgang', isGiven(ROADS), () => {
  const graph = readStreets();
  const search = new StreetSearch(graph, graph.edgeMetres);
  const streets = new NearestStreet(graph);
  /** Nodes spread over the whole graph. */
  const sources = Array.from({ length: SOURCES }, (_, index) =>
    Math.floor(((index + 0.5) * graph.nodeX.length) / SOURCES),
  );
  const startAt = (node: number) => {
    const at = streets.anywhere(graph.nodeX[node] ?? 0, graph.nodeY[node] ?? 0);
    if (at === undefined) throw new Error('there must be a street');
    return [{ at, cost: 0 }];
  };

  it('cost from any node to any other what Dijkstra of the textbook says', () => {
    for (const source of sources) {
      search.run(startAt(source), Infinity);
      const differing = [...plainCosts(graph, source)].flatMap((metres, node) => {
        const cost = search.costAt(node);
        return cost === metres || Math.abs(cost - metres) <= 1e-6 ? [] : [{ node, cost, metres }];
      });
      expect(differing).toEqual([]);
    }
  });

  it('have areas of reach within three per cent of a flood of five-metre squares', () => {
    for (const source of sources) {
      search.run(startAt(source), 600);
      const pieces = reachedStreets(search);
      const area = reachedArea(pieces).reduce((sum, one) => sum + areaOf(one), 0);
      const flood = flooded(pieces);
      expect(Math.abs(area / flood - 1)).toBeLessThan(0.03);
    }
  });

  it('are one net but for few stray pieces, and say what was mended', () => {
    expect(graph.faults.strayNodes / graph.nodeX.length).toBeLessThan(0.02);
    expect(graph.faults).toMatchObject({ emptyRoads: 7, brokenPositions: 0 });
    expect(graph.faults.crossingsJoined).toBeGreaterThan(100);
  });
});
