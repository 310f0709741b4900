import type { RoadClass } from '@maplewall/shared/domain/road-class.ts';
import { INK, MIDDLE, type Paper } from '../paper.ts';
import type { ReportWords } from '../report-words.ts';
import { isInside, placesAlong, type Place, type Rect } from './flat-shapes.ts';
import type { SceneContent } from './scene-content.ts';
import type { Area } from './scene-ground.ts';
import { drawMark, halfOf } from './scene-marks.ts';
import { scaleBar } from './scene-view.ts';
import { drawStreetNames } from './street-names.ts';

/** Points of a street's stroke at a far and at a near view, and its grey. */
const STREETS: Readonly<Record<RoadClass, readonly [far: number, near: number, colour: string]>> = {
  motorway: [1, 3, INK.arterial],
  arterial: [0.7, 2.3, INK.arterial],
  street: [0.4, 1.6, INK.street],
  lane: [0.3, 0.9, INK.lane],
  path: [0.2, 0.4, INK.lane],
};
/** From here on a view counts as near, in metres of a point. */
const NEAR_METRES_PER_POINT = 12;
/** Decimals of a point that a printer can show. */
const STEPS_IN_A_POINT = 100;
const HATCH_POINTS = 3.2;
const CIRCLE_CORNERS = 64;
const LINE_STEP_POINTS = 5;
const DOT_POINTS = 1.6;
const SCALE_WIDEST = 60;
const SCALE_SIZE = 7.5;
/** The strip below the frame with the scale bar. */
export const SCALE_STRIP = 13;
export const POST_HALF = { held: 1.5, empty: 1.1 } as const;

type Pdf = PDFKit.PDFDocument;

/** Draws a scene's map with its frame, and its scale below. */
export function drawScene(paper: Paper, content: SceneContent, words: ReportWords): void {
  const { pdf } = paper;
  const { view, ground, marks, reached, circle } = content;
  const { rect } = view;
  const isNear = view.metresPerPoint <= NEAR_METRES_PER_POINT;
  const frame = (): Pdf => pdf.rect(rect.left, rect.top, rect.right - rect.left, rect.bottom - rect.top);
  pdf.save();
  frame().clip();
  pdf.lineCap('round').lineJoin('round');
  fillAreas(pdf, ground.blocks, INK.blocks);
  fillAreas(pdf, ground.water, INK.water, INK.waterEdge);
  for (const { class: name, lines } of ground.streets.toReversed()) {
    const [far, near, colour] = STREETS[name];
    strokeLines(pdf, lines, colour, isNear ? near : far);
  }
  if (content.isSilent) hatch(pdf, ground.city, rect, INK.second, 2 * HATCH_POINTS);
  hatch(pdf, content.lost, rect, INK.text, HATCH_POINTS);
  pdf.fillOpacity(0.14);
  fillAreas(pdf, reached.areas, INK.present);
  pdf.fillOpacity(1);
  strokeLines(pdf, reached.streets, INK.present, 2.6);
  strokeEdge(pdf, ground.edge);
  if (circle !== undefined) {
    pdf.dash(2, { space: 2 }).lineWidth(0.9).strokeColor(INK.text);
    pdf.circle(...circle.at, circle.points).stroke();
    pdf.undash();
  }
  drawDots(pdf, content.unreached);
  for (const { at, isHeld } of content.posts) if (isInside(at, rect)) drawPost(pdf, at, isHeld);
  pdf.lineCap('butt').lineJoin('miter');
  const taken = marks.map(({ at: [x, y], priority }) => {
    const half = halfOf({ priority });
    return { left: x - half - 5, top: y - half, right: x + half, bottom: y + half + 5 };
  });
  // Across a whole city a name would cover more than it tells.
  if (isNear) {
    const lines = keptLines(content).flatMap((line) => placesAlong(line, LINE_STEP_POINTS));
    drawStreetNames(paper, ground.names, { rect, language: words.language, taken, lines });
  }
  for (const mark of marks.toReversed()) drawMark(paper, mark);
  pdf.restore();
  frame().lineWidth(0.8).strokeColor(INK.second).stroke();
  drawScale(paper, content, words);
}

/** What a street's name may not cover. */
function keptLines({ circle, reached, ground }: SceneContent): readonly (readonly Place[])[] {
  if (circle === undefined) return [...reached.streets, ...ground.edge];
  const [x, y] = circle.at;
  const round = Array.from({ length: CIRCLE_CORNERS + 1 }, (_, corner): Place => {
    const turn = (2 * Math.PI * corner) / CIRCLE_CORNERS;
    return [x + circle.points * Math.cos(turn), y + circle.points * Math.sin(turn)];
  });
  return [round, ...reached.streets, ...ground.edge];
}

/** A post that is held is filled, one that is not is a ring. */
export function drawPost(pdf: Pdf, [x, y]: Place, isHeld: boolean): void {
  if (isHeld) pdf.circle(x, y, POST_HALF.held).fillColor(INK.present).fill();
  else pdf.circle(x, y, POST_HALF.empty).lineWidth(0.5).fillAndStroke(INK.paper, INK.text);
}

/** Dots, each as a line without length: two thousand of them stay small in the file. */
export function drawDots(pdf: Pdf, places: readonly Place[]): void {
  pdf.lineCap('round');
  strokeLines(
    pdf,
    places.map((place) => [place, place]),
    INK.text,
    DOT_POINTS,
  );
}

/** Slanting lines over areas: seen on any printer, and what lies below stays readable. */
export function hatch(
  pdf: Pdf,
  areas: readonly Area[],
  { left, top, right, bottom }: Rect,
  colour: string,
  apart: number,
): void {
  if (areas.length === 0) return;
  pdf.save();
  path(pdf, areas.flat(), true);
  pdf.clip('even-odd');
  const high = bottom - top;
  for (let x = left - high; x < right; x += apart) pdf.moveTo(x, bottom).lineTo(x + high, top);
  pdf.lineWidth(0.45).strokeColor(colour).stroke();
  pdf.restore();
  path(pdf, areas.flat(), true);
  pdf.lineWidth(0.4).strokeColor(colour).stroke();
}

/** The city's edge: a line of long dashes. */
export function strokeEdge(pdf: Pdf, lines: readonly (readonly Place[])[]): void {
  pdf.dash(6, { space: 2.5 });
  strokeLines(pdf, lines, INK.second, 1);
  pdf.undash();
}

function path(pdf: Pdf, lines: readonly (readonly Place[])[], isClosed: boolean): void {
  const short = (value: number): number => Math.round(value * STEPS_IN_A_POINT) / STEPS_IN_A_POINT;
  for (const line of lines) {
    line.forEach(([x, y], index) =>
      index === 0 ? pdf.moveTo(short(x), short(y)) : pdf.lineTo(short(x), short(y)),
    );
    if (isClosed) pdf.closePath();
  }
}

function strokeLines(pdf: Pdf, lines: readonly (readonly Place[])[], colour: string, width: number): void {
  if (lines.length === 0) return;
  path(pdf, lines, false);
  pdf.lineWidth(width).strokeColor(colour).stroke();
}

function fillAreas(pdf: Pdf, areas: readonly Area[], colour: string, edge?: string): void {
  if (areas.length === 0) return;
  // Each by itself: where two lie over one another, neither makes a hole in the other.
  for (const area of areas) {
    path(pdf, area, true);
    pdf.fillColor(colour).fill('even-odd');
  }
  if (edge === undefined) return;
  path(pdf, areas.flat(), true);
  pdf.lineWidth(0.5).strokeColor(edge).stroke();
}

function drawScale(paper: Paper, { view }: SceneContent, words: ReportWords): void {
  const { metres, points } = scaleBar(view.metresPerPoint, SCALE_WIDEST);
  const { left, bottom } = view.rect;
  const y = bottom + 8;
  paper.line(left, y, left + points, y, INK.text, 1);
  for (const x of [left, left + points]) paper.line(x, y - 2.5, x, y + 2.5, INK.text, 0.8);
  paper.write(sayMetres(metres, words), left + points + 5, y - SCALE_SIZE * MIDDLE, {
    size: SCALE_SIZE,
    colour: INK.second,
  });
}

/** A length as a map's scale says it. */
export const sayMetres = (metres: number, { say }: ReportWords): string =>
  metres >= 1_000
    ? say('report.scenes.kilometres', { count: metres / 1_000 })
    : say('report.scenes.metres', { count: metres });
