/** The connected parts of a graph, largest first; of equal ones, the one with the lowest node. */
export function componentsOf(
  nodes: number,
  edges: readonly (readonly [number, number])[],
): { readonly component: Uint32Array; readonly sizes: readonly number[] } {
  const parent = Uint32Array.from({ length: nodes }, (_, node) => node);
  const root = (node: number): number => {
    let at = node;
    while (parent[at] !== at) {
      // Halving the path on the way keeps the trees flat.
      parent[at] = parent[parent[at] ?? 0] ?? 0;
      at = parent[at] ?? 0;
    }
    return at;
  };
  for (const [a, b] of edges) parent[root(a)] = root(b);
  const members = new Map<number, number[]>();
  for (let node = 0; node < nodes; node++) {
    const its = root(node);
    const list = members.get(its);
    if (list === undefined) members.set(its, [node]);
    else list.push(node);
  }
  const parts = [...members.values()].toSorted((a, b) => b.length - a.length || (a[0] ?? 0) - (b[0] ?? 0));
  const component = new Uint32Array(nodes);
  for (const [index, part] of parts.entries()) for (const node of part) component[node] = index;
  return { component, sizes: parts.map(({ length }) => length) };
}
