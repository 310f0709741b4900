import fc from 'fast-check';

export const NO_FAULTS = {
  brokenPositions: 0,
  emptyRoads: 0,
  crossingsJoined: 0,
  bridges: 0,
  endsJoined: 0,
  repeatedPieces: 0,
  selfCrossingRoads: 0,
};

/** Nodes in a square kilometre and any edges between them. */
export const graphs = fc
  .integer({ min: 2, max: 24 })
  .chain((count) =>
    fc.record({
      nodes: fc.array(fc.tuple(fc.integer({ min: 0, max: 999 }), fc.integer({ min: 0, max: 999 })), {
        minLength: count,
        maxLength: count,
      }),
      edges: fc.array(
        fc.tuple(fc.integer({ min: 0, max: count - 1 }), fc.integer({ min: 0, max: count - 1 })),
        { maxLength: count * 2 },
      ),
    }),
  )
  .map(({ nodes, edges }) => ({
    // A little unlike whole metres, so that no node lies on a foreign edge.
    nodes: nodes.map(([x, y], index) => [x + index * 0.0137, y + index * 0.0171] as const),
    edges: edges.filter(([a, b]) => a !== b),
  }));

/** Dijkstra without any cleverness: the oracle. */
export function plainDijkstra(
  nodes: readonly (readonly [number, number])[],
  edges: readonly (readonly [number, number])[],
  from: number,
): readonly number[] {
  const cost = nodes.map((_, node) => (node === from ? 0 : Infinity));
  const left = new Set(nodes.keys());
  while (left.size > 0) {
    const node = [...left].reduce((a, b) => ((cost[b] ?? 0) < (cost[a] ?? 0) ? b : a));
    left.delete(node);
    for (const [a, b] of edges) {
      const to = a === node ? b : b === node ? a : undefined;
      if (to === undefined) continue;
      const [x1 = 0, y1 = 0] = nodes[node] ?? [];
      const [x2 = 0, y2 = 0] = nodes[to] ?? [];
      cost[to] = Math.min(cost[to] ?? 0, (cost[node] ?? 0) + Math.hypot(x2 - x1, y2 - y1));
    }
  }
  return cost;
}
