/** The generator works in metres on a plane: x east, y north of the city's centre. */
export interface Point {
  readonly x: number;
  readonly y: number;
}

export const distance = (a: Point, b: Point): number => Math.hypot(b.x - a.x, b.y - a.y);
/** Twice the signed area of the triangle: above 0 when c lies left of a → b. */
export const turn = (a: Point, b: Point, c: Point): number =>
  (b.x - a.x) * (c.y - a.y) - (b.y - a.y) * (c.x - a.x);
export const between = (a: Point, b: Point, share: number): Point => ({
  x: a.x + (b.x - a.x) * share,
  y: a.y + (b.y - a.y) * share,
});

/** An element that must be there: the index was computed from the list's own length. */
export function at<T>(list: readonly T[], index: number): T {
  const item = list.at(index);
  if (item === undefined) throw new RangeError(`no element ${index} of ${list.length}`);
  return item;
}

/** Where along a → b the point's foot lies (0 … 1, clamped) and how far away that is. */
export function footOn(point: Point, a: Point, b: Point): { readonly share: number; readonly away: number } {
  const dx = b.x - a.x;
  const dy = b.y - a.y;
  const length2 = dx * dx + dy * dy;
  const raw = length2 === 0 ? 0 : ((point.x - a.x) * dx + (point.y - a.y) * dy) / length2;
  const share = Math.min(1, Math.max(0, raw));
  return { share, away: Math.hypot(point.x - a.x - dx * share, point.y - a.y - dy * share) };
}

/** Where two segments cross, as shares of a → b and of c → d; undefined when they do not, or are parallel. */
export function crossing(
  a: Point,
  b: Point,
  c: Point,
  d: Point,
): { readonly first: number; readonly second: number } | undefined {
  const rx = b.x - a.x;
  const ry = b.y - a.y;
  const sx = d.x - c.x;
  const sy = d.y - c.y;
  const across = rx * sy - ry * sx;
  if (Math.abs(across) < 1e-9) return undefined;
  const first = ((c.x - a.x) * sy - (c.y - a.y) * sx) / across;
  const second = ((c.x - a.x) * ry - (c.y - a.y) * rx) / across;
  return first >= 0 && first <= 1 && second >= 0 && second <= 1 ? { first, second } : undefined;
}

export function lengthOf(line: readonly Point[]): number {
  let total = 0;
  for (let index = 1; index < line.length; index += 1)
    total += distance(at(line, index - 1), at(line, index));
  return total;
}

/** The point that lies so many metres along the line, and the direction there in radians. */
export function along(
  line: readonly Point[],
  metres: number,
): { readonly point: Point; readonly angle: number } {
  let rest = metres;
  for (let index = 1; index < line.length; index += 1) {
    const a = at(line, index - 1);
    const b = at(line, index);
    const step = distance(a, b);
    if (rest <= step || index === line.length - 1) {
      const share = step === 0 ? 0 : Math.min(1, Math.max(0, rest / step));
      return { point: between(a, b, share), angle: Math.atan2(b.y - a.y, b.x - a.x) };
    }
    rest -= step;
  }
  return { point: at(line, 0), angle: 0 };
}

/** The shortest way from a point to a line. */
export function distanceToLine(point: Point, line: readonly Point[]): number {
  let nearest = Number.POSITIVE_INFINITY;
  for (let index = 1; index < line.length; index += 1)
    nearest = Math.min(nearest, footOn(point, at(line, index - 1), at(line, index)).away);
  return nearest;
}
