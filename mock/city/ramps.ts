import { distance, type Point } from './plane.ts';
import type { Interchange } from './great-roads.ts';
import type { Stroke } from './road-strokes.ts';

/**
 * The ramps of an interchange: from each side of the motorway a curve to each side of the road that crosses
 * it. Both ends are points that the roads have already, so that one can drive on and off there alone.
 */
export function rampsOf(strokes: readonly Stroke[], interchanges: readonly Interchange[]): Stroke[] {
  return interchanges.flatMap(({ point, motorway, road }): Stroke[] => {
    const highways = strokes.filter(({ name }) => name === motorway);
    const roads = strokes.filter(({ name }) => name === road);
    return exits(highways, point, 430).flatMap((exit) =>
      exits(roads, point, 230).map((entry): Stroke => ({
        roadClass: 'street',
        name: '',
        points: [0, 1, 2, 3, 4, 5, 6, 7, 8].map((step) => onCurve(exit, point, entry, step / 8)),
      })),
    );
  });
}

/** On each side of the centre, the line's point that lies nearest to the wanted distance from it. */
function exits(lines: readonly Stroke[], centre: Point, wanted: number): Point[] {
  const points = lines
    .flatMap((line) => line.points.slice(1, -1))
    .filter((point) => distance(point, centre) < 2 * wanted && distance(point, centre) > wanted * 0.4);
  const off = (point: Point): number => Math.abs(distance(point, centre) - wanted);
  const [first, ...rest] = points.toSorted((one, two) => off(one) - off(two));
  if (first === undefined) return [];
  const opposite = rest.find(
    ({ x, y }) => (x - centre.x) * (first.x - centre.x) + (y - centre.y) * (first.y - centre.y) < 0,
  );
  return opposite === undefined ? [first] : [first, opposite];
}

/** A quadratic curve whose handle lies near the crossing, so that it leaves along the motorway. */
function onCurve(from: Point, centre: Point, to: Point, share: number): Point {
  if (share === 0) return from;
  if (share === 1) return to;
  const handle = {
    x: centre.x + 0.22 * (from.x - centre.x + to.x - centre.x),
    y: centre.y + 0.22 * (from.y - centre.y + to.y - centre.y),
  };
  const rest = 1 - share;
  return {
    x: rest * rest * from.x + 2 * rest * share * handle.x + share * share * to.x,
    y: rest * rest * from.y + 2 * rest * share * handle.y + share * share * to.y,
  };
}
