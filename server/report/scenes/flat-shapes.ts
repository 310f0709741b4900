/** A place on paper, in points from its top left corner. */
export type Place = readonly [x: number, y: number];

export interface Rect {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

export const isInside = ([x, y]: Place, { left, top, right, bottom }: Rect): boolean =>
  x >= left && x <= right && y >= top && y <= bottom;

export const widened = ({ left, top, right, bottom }: Rect, by: number): Rect => ({
  left: left - by,
  top: top - by,
  right: right + by,
  bottom: bottom + by,
});

/** The parts of a line that lie within a rectangle, cut at its edges (Liang and Barsky, 1984). */
export function clippedLine(line: readonly Place[], rect: Rect): readonly (readonly Place[])[] {
  const parts: Place[][] = [];
  let goesOn = false;
  for (let index = 1; index < line.length; index += 1) {
    const [from, to] = [line[index - 1], line[index]];
    if (from === undefined || to === undefined) continue;
    const within = shareInside(from, to, rect);
    if (within === undefined) {
      goesOn = false;
      continue;
    }
    const [begin, end] = within;
    if (!goesOn || begin > 0) parts.push([between(from, to, begin)]);
    parts.at(-1)?.push(between(from, to, end));
    goesOn = end === 1;
  }
  return parts;
}

const between = ([x1, y1]: Place, [x2, y2]: Place, share: number): Place =>
  share === 0 ? [x1, y1] : share === 1 ? [x2, y2] : [x1 + (x2 - x1) * share, y1 + (y2 - y1) * share];

/** From which share of a straight stretch to which it lies within; undefined where it does not. */
function shareInside(
  [x1, y1]: Place,
  [x2, y2]: Place,
  { left, top, right, bottom }: Rect,
): readonly [begin: number, end: number] | undefined {
  let begin = 0;
  let end = 1;
  for (const [way, room] of [
    [x1 - x2, x1 - left],
    [x2 - x1, right - x1],
    [y1 - y2, y1 - top],
    [y2 - y1, bottom - y1],
  ] as const) {
    if (way === 0 && room < 0) return undefined;
    if (way < 0) begin = Math.max(begin, room / way);
    if (way > 0) end = Math.min(end, room / way);
  }
  return begin < end ? [begin, end] : undefined;
}

/** What of a closed ring lies within a rectangle (Sutherland and Hodgman, 1974); it may run along the edges. */
export function clippedRing(ring: readonly Place[], { left, top, right, bottom }: Rect): readonly Place[] {
  let kept = ring;
  for (const depth of [
    ([x]: Place) => x - left,
    ([x]: Place) => right - x,
    ([, y]: Place) => y - top,
    ([, y]: Place) => bottom - y,
  ]) {
    const cut: Place[] = [];
    kept.forEach((place, index) => {
      const before = kept.at(index - 1) ?? place;
      const [here, there] = [depth(place), depth(before)];
      if (here >= 0 !== there >= 0) cut.push(between(before, place, there / (there - here)));
      if (here >= 0) cut.push(place);
    });
    kept = cut;
  }
  return kept;
}

/** The same line with fewer corners, nowhere further off than `tolerance` (Douglas and Peucker, 1973). */
export function simplified(line: readonly Place[], tolerance: number): readonly Place[] {
  const last = line.length - 1;
  if (last < 2) return line;
  const isKept = new Uint8Array(line.length);
  isKept[0] = 1;
  isKept[last] = 1;
  const stretches: (readonly [number, number])[] = [[0, last]];
  for (let stretch = stretches.pop(); stretch !== undefined; stretch = stretches.pop()) {
    const [from, to] = stretch;
    const [a, b] = [line[from], line[to]];
    if (a === undefined || b === undefined) continue;
    let farthest = from;
    let most = tolerance;
    for (let index = from + 1; index < to; index += 1) {
      const away = distanceToStretch(line[index] ?? a, a, b);
      if (away > most) [farthest, most] = [index, away];
    }
    if (farthest === from) continue;
    isKept[farthest] = 1;
    stretches.push([from, farthest], [farthest, to]);
  }
  return line.filter((_, index) => isKept[index] === 1);
}

function distanceToStretch([x, y]: Place, [x1, y1]: Place, [x2, y2]: Place): number {
  const [wide, high] = [x2 - x1, y2 - y1];
  const square = wide * wide + high * high;
  const share = square === 0 ? 0 : Math.min(1, Math.max(0, ((x - x1) * wide + (y - y1) * high) / square));
  return Math.hypot(x - x1 - share * wide, y - y1 - share * high);
}

export const lengthOf = (line: readonly Place[]): number =>
  line.reduce((sum, [x, y], index) => {
    const [beforeX, beforeY] = line[index - 1] ?? [x, y];
    return sum + Math.hypot(x - beforeX, y - beforeY);
  }, 0);

/** The place so far along a line. */
export function placeAlong(line: readonly Place[], along: number): Place {
  let left = along;
  for (let index = 1; index < line.length; index += 1) {
    const [[x1, y1] = [0, 0], [x2, y2] = [0, 0]] = [line[index - 1], line[index]];
    const length = Math.hypot(x2 - x1, y2 - y1);
    if (left <= length && length > 0)
      return [x1 + ((x2 - x1) * left) / length, y1 + ((y2 - y1) * left) / length];
    left -= length;
  }
  return line.at(-1) ?? [0, 0];
}

/** Places along a line, so far apart at most. */
export function placesAlong(line: readonly Place[], step: number): readonly Place[] {
  const length = lengthOf(line);
  const steps = Math.ceil(length / step);
  return Array.from({ length: steps + 1 }, (_, index) =>
    placeAlong(line, steps === 0 ? 0 : (length * index) / steps),
  );
}
