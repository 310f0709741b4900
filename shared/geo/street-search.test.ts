import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { localPlane } from './local-plane.ts';
import { NearestStreet } from './nearest-street.ts';
import { reachedStreets } from './reached-streets.ts';
import { graphOf, type StreetGraph } from './street-graph.ts';
import { StreetSearch } from './street-search.ts';
import { graphs, NO_FAULTS, plainDijkstra } from './streets.arbitrary.ts';

const plane = localPlane({ lng: 120.56, lat: 27.54 });

const searchOn = (graph: StreetGraph): StreetSearch => new StreetSearch(graph, graph.edgeMetres);

/** The street at a point that lies on one. */
function onStreet(graph: StreetGraph, x: number, y: number) {
  const found = new NearestStreet(graph).anywhere(x, y);
  if (found === undefined) throw new Error('there must be a street');
  return found;
}

describe('a search along the streets', () => {
  it('costs what plain Dijkstra says to every node within the limit, and Infinity beyond', () => {
    fc.assert(
      fc.property(graphs, fc.integer({ min: 0, max: 3_000 }), ({ nodes, edges }, limit) => {
        const used = [...new Set(edges.flat())];
        const [from] = used;
        if (from === undefined) return;
        const [x, y] = nodes[from] ?? [0, 0];
        const graph = graphOf(
          plane,
          nodes.map(([east]) => east),
          nodes.map(([, north]) => north),
          edges,
          NO_FAULTS,
        );
        const search = searchOn(graph);
        search.run([{ at: onStreet(graph, x, y), cost: 0 }], limit);
        for (const [node, expected] of plainDijkstra(nodes, edges, from).entries()) {
          // At the very limit a last digit decides.
          if (Math.abs(expected - limit) < 1e-6) continue;
          const cost = search.costAt(node);
          expect(cost).toBeCloseTo(expected > limit ? Infinity : expected, 6);
        }
      }),
      { seed: 41, numRuns: 300 },
    );
  });

  it('reaches as much of the streets as small steps along them do', () => {
    fc.assert(
      fc.property(graphs, fc.integer({ min: 1, max: 900 }), ({ nodes, edges }, limit) => {
        const [first] = edges;
        if (first === undefined) return;
        const unique = [
          ...new Map(
            edges.map(([a, b]) => [`${Math.min(a, b)} ${Math.max(a, b)}`, [a, b]] as const),
          ).values(),
        ];
        const pairs = unique.map(([a = 0, b = 0]) => [a, b] as const);
        const graph = graphOf(
          plane,
          nodes.map(([east]) => east),
          nodes.map(([, north]) => north),
          pairs,
          NO_FAULTS,
        );
        const [[ax, ay] = [0, 0], [bx, by] = [0, 0]] = [nodes[first[0]], nodes[first[1]]];
        const search = searchOn(graph);
        const start = onStreet(graph, ax + (bx - ax) / 3, ay + (by - ay) / 3);
        search.run([{ at: start, cost: 0 }], limit);
        const pieces = reachedStreets(search);
        const reached = pieces.reduce((sum, { x1, y1, x2, y2 }) => sum + Math.hypot(x2 - x1, y2 - y1), 0);
        let stepped = 0;
        let steps = 0;
        for (let node = 0; node < nodes.length; node++)
          for (let edge = graph.firstEdge[node] ?? 0; edge < (graph.firstEdge[node + 1] ?? 0); edge++) {
            const to = graph.edgeTo[edge] ?? 0;
            if (to < node) continue;
            const whole = graph.edgeMetres[edge] ?? 0;
            for (let step = 0; step < 400; step++) {
              const part = (step + 0.5) / 400;
              const at = { edge, a: node, b: to, part, x: 0, y: 0, edgeMetres: whole, offMetres: 0 };
              if (search.costOf(at) <= limit) stepped += whole / 400;
            }
            steps += whole / 400;
          }
        expect(Math.abs(reached - stepped)).toBeLessThanOrEqual(2 * steps + 1e-6);
      }),
      { seed: 42, numRuns: 200 },
    );
  });

  it('does not go along what is barred, and begins nowhere on it', () => {
    const graph = graphOf(
      plane,
      [0, 100, 200],
      [0, 0, 0],
      [
        [0, 1],
        [1, 2],
      ],
      NO_FAULTS,
    );
    const costs = graph.edgeMetres.map((metres, edge) =>
      graph.edgeTo[edge] === 2 || edge === 3 ? Infinity : metres,
    );
    const search = new StreetSearch(graph, costs);
    search.run([{ at: onStreet(graph, 50, 0), cost: 10 }], 500);
    expect([0, 1, 2].map((node) => search.costAt(node))).toEqual([60, 60, Infinity]);
    search.run([{ at: onStreet(graph, 150, 0), cost: 0 }], 500);
    expect(search.reachedCount).toBe(0);
    expect(reachedStreets(search)).toEqual([]);
  });
});

describe('the nearest street', () => {
  it('is found however far it is, and marked with how far', () => {
    const graph = graphOf(plane, [0, 100], [0, 0], [[0, 1]], NO_FAULTS);
    const streets = new NearestStreet(graph);
    for (const far of [0, 31, 500, 40_000, 3_000_000])
      expect(streets.anywhere(50, far)).toMatchObject({ offMetres: far, part: 0.5 });
    expect(new NearestStreet(graph, () => false).anywhere(50, 0)).toBeUndefined();
  });
});
