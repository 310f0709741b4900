/** A way in Mercator offsets, with how far each point is from the end. */
export interface KnownWay {
  /** x, y, x, y … */
  readonly points: Float64Array;
  /** Metres from point to end. */
  readonly toEnd: Float64Array;
}

/** Where on a way somebody is. */
export interface OnWay {
  /** The first point ahead. */
  readonly next: number;
  readonly x: number;
  readonly y: number;
  readonly offMetres: number;
  readonly metresToGo: number;
}

/** `points` as x, y, x, y … in Mercator offsets. */
export function knownWay(points: Float64Array, metresPerUnit: number): KnownWay {
  const count = points.length / 2;
  const toEnd = new Float64Array(count);
  for (let point = count - 2; point >= 0; point--)
    toEnd[point] =
      (toEnd[point + 1] ?? 0) +
      Math.hypot(
        (points[point * 2 + 2] ?? 0) - (points[point * 2] ?? 0),
        (points[point * 2 + 3] ?? 0) - (points[point * 2 + 1] ?? 0),
      ) *
        metresPerUnit;
  return { points, toEnd };
}

/** The point of the way nearest to x, y; of equally near ones the last, so that nobody is sent back. */
export function placeOnWay({ points, toEnd }: KnownWay, x: number, y: number, metresPerUnit: number): OnWay {
  let best: OnWay = { next: 0, x, y, offMetres: Infinity, metresToGo: 0 };
  for (let next = 1; next * 2 < points.length; next++) {
    const [x1 = 0, y1 = 0, x2 = 0, y2 = 0] = points.subarray(next * 2 - 2, next * 2 + 2);
    const part = partNearest(x - x1, y - y1, x2 - x1, y2 - y1);
    const onX = x1 + (x2 - x1) * part;
    const onY = y1 + (y2 - y1) * part;
    const offMetres = Math.hypot(onX - x, onY - y) * metresPerUnit;
    if (offMetres > best.offMetres) continue;
    const metresToGo = (toEnd[next] ?? 0) + Math.hypot(x2 - onX, y2 - onY) * metresPerUnit;
    best = { next, x: onX, y: onY, offMetres, metresToGo };
  }
  return best;
}

function partNearest(x: number, y: number, east: number, north: number): number {
  const square = east * east + north * north;
  return square === 0 ? 0 : Math.min(1, Math.max(0, (x * east + y * north) / square));
}
