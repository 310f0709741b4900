/** The value below which `share` of sorted values lie, between two of them by straight interpolation; undefined of none. */
export function quantileOf(sorted: readonly number[], share: number): number | undefined {
  if (sorted.length === 0) return undefined;
  const place = (sorted.length - 1) * share;
  const low = sorted[Math.floor(place)] ?? 0;
  const high = sorted[Math.ceil(place)] ?? 0;
  return low + (high - low) * (place - Math.floor(place));
}
