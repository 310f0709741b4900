/** Points on both sides of a longer step are not joined: nothing is known of what lies between. */
export function unbroken<T>(
  points: readonly T[],
  at: (point: T) => number,
  longestStep: number,
): readonly (readonly T[])[] {
  const parts: T[][] = [];
  let last: T | undefined;
  for (const point of points) {
    if (last === undefined || at(point) - at(last) > longestStep) parts.push([]);
    parts.at(-1)?.push(point);
    last = point;
  }
  return parts;
}

/** What a polyline goes through; a point alone is told twice, so that a round end makes a dot of it. */
export const throughPoints = (points: readonly string[]): string =>
  (points.length === 1 ? [...points, ...points] : points).join(' ');
