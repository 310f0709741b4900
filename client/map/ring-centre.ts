type Ring = readonly (readonly number[])[];

/** Twice the signed area of the triangle between the origin and each edge, with the sums that the centroid needs. */
function sums(ring: Ring): { area: number; x: number; y: number } {
  const total = { area: 0, x: 0, y: 0 };
  for (const [index, [x1 = 0, y1 = 0]] of ring.entries()) {
    const [x2 = 0, y2 = 0] = ring[(index + 1) % ring.length] ?? [];
    const cross = x1 * y2 - x2 * y1;
    total.area += cross;
    total.x += (x1 + x2) * cross;
    total.y += (y1 + y2) * cross;
  }
  return total;
}

/** Area of a closed or open ring in the square of its own units, never negative. */
export const ringArea = (ring: Ring): number => Math.abs(sums(ring).area) / 2;

/** Where the middle of the area is; the first point for a ring without area. */
export function ringCentre(ring: Ring): readonly [number, number] {
  const { area, x, y } = sums(ring);
  const [firstX = 0, firstY = 0] = ring[0] ?? [];
  return area === 0 ? [firstX, firstY] : [x / (3 * area), y / (3 * area)];
}
