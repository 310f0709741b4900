import { CATEGORY_SIGNS, SIGN_STROKE, SIGN_UNITS } from '../../../client/design/category-signs.ts';
import type { Category, Priority } from '@maplewall/shared/domain/incident.ts';
import { INK, MIDDLE, type Paper } from '../paper.ts';
import { isInside, type Place, type Rect } from './flat-shapes.ts';

/** An incident on paper; a mark that stands for several has their number. */
export interface SceneMark {
  readonly at: Place;
  readonly category: Category;
  readonly priority: Priority;
  readonly count: number;
}

/** Half the side of a mark by priority, in points: in the proportion of the screens' marks. */
const HALF_POINTS: Readonly<Record<Priority, number>> = { 1: 7.4, 2: 6.5, 3: 5.4, 4: 4.2 };
const EDGE_POINTS: Readonly<Record<Priority, number>> = { 1: 1.5, 2: 1.2, 3: 0.9, 4: 0.6 };
/** Between two marks, for the number at a corner. */
const APART_POINTS = 3.5;
const BADGE_SIZE = 6.5;

export const halfOf = ({ priority }: Pick<SceneMark, 'priority'>): number => HALF_POINTS[priority];

/** Marks that would lie over one another become one: that of the most urgent, with their number. */
export function mergedMarks(marks: readonly Omit<SceneMark, 'count'>[], rect: Rect): readonly SceneMark[] {
  const merged: (Omit<SceneMark, 'count'> & { count: number })[] = [];
  for (const mark of marks.toSorted((a, b) => a.priority - b.priority)) {
    if (!isInside(mark.at, rect)) continue;
    const [x, y] = mark.at;
    const near = merged.find((one) => {
      const apart = halfOf(one) + halfOf(mark) + APART_POINTS;
      return Math.abs(one.at[0] - x) < apart && Math.abs(one.at[1] - y) < apart;
    });
    if (near === undefined) merged.push({ ...mark, count: 1 });
    else near.count += 1;
  }
  return merged;
}

/**
 * A rounded square with its category's sign, as on the screens: 1 filled dark, 2 filled light, 3 and 4 in outline, each smaller and
 * with a thinner edge than the one before, so that they are told apart without colours too.
 */
export function drawMark(paper: Paper, { at: [x, y], category, priority, count }: SceneMark): void {
  const { pdf } = paper;
  const half = HALF_POINTS[priority];
  const plate = { 1: INK.danger, 2: INK.warning, 3: INK.paper, 4: INK.paper }[priority];
  const sign = { 1: INK.paper, 2: INK.text, 3: INK.text, 4: INK.second }[priority];
  const edge = EDGE_POINTS[priority];
  const box = (size: number): PDFKit.PDFDocument =>
    pdf.roundedRect(x - size, y - size, 2 * size, 2 * size, size * 0.34);
  box(half + 1.4)
    .fillColor(INK.paper)
    .fill();
  box(half).fillColor(plate).fill();
  box(half - edge / 2)
    .lineWidth(edge)
    .strokeColor(priority === 4 ? INK.second : INK.text)
    .stroke();
  const { strokes, fills }: { readonly strokes: string; readonly fills?: string } = CATEGORY_SIGNS[category];
  const scale = (half * 1.5) / SIGN_UNITS;
  pdf.save();
  pdf.translate(x - half * 0.75, y - half * 0.75).scale(scale);
  pdf.path(strokes).lineWidth(SIGN_STROKE).lineCap('round').lineJoin('round').strokeColor(sign).stroke();
  if (fills !== undefined) pdf.path(fills).fillColor(sign).fill();
  pdf.restore();
  if (count > 1) drawBadge(paper, String(count), [x - half - 1.5, y + half + 1.5]);
}

function drawBadge(paper: Paper, figure: string, [x, y]: Place): void {
  const style = { size: BADGE_SIZE, weight: 'bold', align: 'centre', colour: INK.paper } as const;
  const wide = Math.max(BADGE_SIZE, paper.widthOf(figure, style) + 3.4);
  const high = BADGE_SIZE + 1;
  paper.pdf
    .roundedRect(x - wide / 2, y - high / 2, wide, high, high / 2)
    .lineWidth(0.8)
    .fillAndStroke(INK.text, INK.paper);
  paper.write(figure, x, y - BADGE_SIZE * MIDDLE, style);
}
