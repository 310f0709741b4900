import { at, crossing } from './plane.ts';
import { facesOf, ringOf } from './faces.ts';
import { PlanarGraph } from './planar-graph.ts';
import { outlineOf, type Shape } from './regions.ts';
import { contains, pointInside, type Ring } from './ring.ts';

/** A body of water before it is joined with those that it touches. */
export interface Water {
  readonly name: string;
  readonly ring: Ring;
}

/**
 * Joins waters that overlap into one shape each, so that no bank is drawn across open water.
 * @param sea what lies in it is left out
 */
export function joinWaters(
  waters: readonly Water[],
  sea: Ring,
): readonly { readonly name: string; readonly shape: Shape }[] {
  return groupsOf(waters).flatMap((group) => {
    const graph = new PlanarGraph(0.4);
    for (const { ring } of group) graph.draw([...ring, at(ring, 0)], 0);
    if (group.some(({ ring }) => doCross(ring, sea))) graph.draw([...sea, at(sea, 0)], 0);
    const tiles = facesOf(graph).map((face) => ({ ...face, inside: pointInside(ringOf(graph, face)) }));
    const wet = [...tiles.keys()].filter((tile) => {
      const { inside } = at(tiles, tile);
      return !contains(sea, inside) && group.some(({ ring }) => contains(ring, inside));
    });
    return outlineOf(graph, tiles, wet).map((shape) => ({ name: at(group, 0).name, shape }));
  });
}

/** Waters that hang together, in the order of their first. */
function groupsOf(waters: readonly Water[]): Water[][] {
  const rest = [...waters];
  const groups: Water[][] = [];
  for (let first = rest.shift(); first !== undefined; first = rest.shift()) {
    const group = [first];
    for (const one of group)
      for (let index = rest.length - 1; index >= 0; index -= 1)
        if (doCross(one.ring, at(rest, index).ring)) group.push(...rest.splice(index, 1));
    groups.push(group);
  }
  return groups;
}

function doCross(one: Ring, two: Ring): boolean {
  return one.some((a, i) => {
    const b = at(one, (i + 1) % one.length);
    return two.some((c, j) => crossing(a, b, c, at(two, (j + 1) % two.length)) !== undefined);
  });
}
