import { INK, MIDDLE, type Paper } from '../paper.ts';
import { isInside, lengthOf, placeAlong, widened, type Place, type Rect } from './flat-shapes.ts';
import type { StreetName } from './scene-ground.ts';

const STYLE = { size: 6.5, colour: INK.second, align: 'centre' } as const;
const MOST_NAMES = 6;
/** How far a street may bend away under its name. */
const BEND_POINTS = 2;
const STEP_POINTS = 4;
/** Where along a street its name is tried, the middle first. */
const TRIED = [0.5, 0.35, 0.65, 0.2, 0.8] as const;

/** Between the middle of a name and what else is drawn. */
const APART_POINTS = 10;

/** Writes names along streets where they have room: not over a mark or a line that matters, not over each other, not over the frame. */
export function drawStreetNames(
  paper: Paper,
  names: readonly StreetName[],
  {
    rect,
    language,
    taken,
    lines,
  }: {
    readonly rect: Rect;
    readonly language: string;
    readonly taken: readonly Rect[];
    /** Places of lines that must stay whole. */
    readonly lines: readonly Place[];
  },
): void {
  const inner = widened(rect, -5);
  const occupied = [...lines];
  let written = 0;
  for (const name of names) {
    if (written === MOST_NAMES) return;
    const text = language === 'en' ? name.en : name.zh;
    const width = paper.widthOf(text, STYLE) + 4;
    const length = lengthOf(name.line);
    const spot = TRIED.map((share) => stretchOf(name.line, share * length, width))
      .filter((stretch) => stretch !== undefined)
      .find(({ places }) =>
        places.every(
          (place) =>
            isInside(place, inner) &&
            !taken.some((box) => isInside(place, widened(box, 4))) &&
            !occupied.some(([x, y]) => Math.hypot(place[0] - x, place[1] - y) < APART_POINTS),
        ),
      );
    if (spot === undefined) continue;
    occupied.push(...spot.places);
    written += 1;
    const [x, y] = spot.middle;
    paper.pdf.save();
    paper.pdf.translate(x, y).rotate(spot.degrees);
    paper.pdf
      .rect(-width / 2, -STYLE.size * 0.55, width, STYLE.size * 1.1)
      .fillColor(INK.paper)
      .fill();
    paper.write(text, 0, -STYLE.size * MIDDLE, STYLE);
    paper.pdf.restore();
  }
}

interface Stretch {
  readonly middle: Place;
  readonly degrees: number;
  readonly places: readonly Place[];
}

/** So much of a line round a place along it, if that is nearly straight. Text runs from left to right. */
function stretchOf(line: readonly Place[], along: number, width: number): Stretch | undefined {
  const [from, to] = [along - width / 2, along + width / 2];
  if (from < 0 || to > lengthOf(line)) return undefined;
  const steps = Math.ceil(width / STEP_POINTS);
  const places = Array.from({ length: steps + 1 }, (_, step) =>
    placeAlong(line, from + ((to - from) * step) / steps),
  );
  const [[x1, y1] = [0, 0], [x2, y2] = [0, 0]] = [places[0], places.at(-1)];
  const straight = Math.hypot(x2 - x1, y2 - y1);
  const isBent = places.some(
    ([x, y]) => Math.abs((x - x1) * (y2 - y1) - (y - y1) * (x2 - x1)) / straight > BEND_POINTS,
  );
  if (isBent || straight < width * 0.95) return undefined;
  const degrees = (Math.atan2(y2 - y1, x2 - x1) * 180) / Math.PI;
  const upright = degrees > 90 ? degrees - 180 : degrees <= -90 ? degrees + 180 : degrees;
  return { middle: [(x1 + x2) / 2, (y1 + y2) / 2], degrees: upright, places };
}
