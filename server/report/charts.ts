import type { UsualDay } from '@maplewall/shared/rules/usual-day.ts';
import { INK, INNER, PAGE, type Paper } from './paper.ts';

const LABEL = { size: 8, colour: INK.second } as const;
const LEFT = PAGE.margin + 26;
const RIGHT = PAGE.width - PAGE.margin - 4;
const HEIGHT = 84;
const HOURS = 24;
const MINUTE_MS = 60_000;

/** The next round number over a value: 1, 2, 5, 10, 20 … */
export function roundTop(highest: number): number {
  if (highest <= 0) return 1;
  const power = 10 ** Math.floor(Math.log10(highest));
  return [1, 2, 5, 10].map((step) => step * power).find((top) => highest <= top) ?? highest;
}

interface Plot {
  readonly top: number;
  readonly bottom: number;
  x(share: number): number;
  y(value: number): number;
}

/** The frame of a chart at the cursor: nought, half and top with their figures, and the hours below. */
function plotOf(paper: Paper, top: number, mayHaveHalf: boolean): Plot {
  paper.room(HEIGHT + 26);
  const above = paper.y + 7;
  const below = above + HEIGHT;
  const y = (value: number): number => below - (HEIGHT * Math.min(value, top)) / top;
  const x = (share: number): number => LEFT + share * (RIGHT - LEFT);
  for (const value of mayHaveHalf ? [0, top / 2, top] : [0, top]) {
    paper.line(LEFT, y(value), RIGHT, y(value), INK.hairline, 0.5);
    paper.write(String(value), LEFT - 5, y(value) - 6, { ...LABEL, align: 'right' });
  }
  for (let hour = 0; hour <= HOURS; hour += 3)
    paper.write(String(hour), x(hour / HOURS), below + 2, { ...LABEL, align: 'centre' });
  paper.y = below + 18;
  return { top: above, bottom: below, x, y };
}

/** Incidents by hour as bars, before the band of a usual day. Hours that history does not have are left empty. */
export function hoursChart(
  paper: Paper,
  counts: readonly (number | undefined)[],
  usual: UsualDay | undefined,
): void {
  const top = roundTop(Math.max(1, ...counts.map((count) => count ?? 0), ...(usual?.high ?? [])));
  const { x, y, bottom } = plotOf(paper, top, top % 2 === 0);
  const { pdf } = paper;
  if (usual !== undefined) {
    const middle = (hour: number): number => x((hour + 0.5) / HOURS);
    usual.high.forEach((value, hour) =>
      hour === 0 ? pdf.moveTo(middle(hour), y(value)) : pdf.lineTo(middle(hour), y(value)),
    );
    for (let hour = HOURS - 1; hour >= 0; hour -= 1) pdf.lineTo(middle(hour), y(usual.low[hour] ?? 0));
    pdf.closePath().fillColor(INK.band).fill();
    usual.median.forEach((value, hour) => {
      const at = x((hour + 0.5) / HOURS);
      if (hour === 0) pdf.moveTo(at, y(value));
      else pdf.lineTo(at, y(value));
    });
    pdf.lineWidth(1).dash(3, { space: 2 }).strokeColor(INK.text).stroke().undash();
  }
  const width = (x(1) - x(0)) / HOURS;
  counts.forEach((count, hour) => {
    if (count === undefined || count === 0) return;
    const left = x(hour / HOURS) + width * 0.22;
    pdf
      .rect(left, y(count), width * 0.56, bottom - y(count))
      .fillColor(INK.present)
      .fill();
    // The figure keeps clear of the dashed line behind it.
    pdf
      .rect(left, y(count) - 8.5, width * 0.56, 8)
      .fillOpacity(0.8)
      .fillColor(INK.paper)
      .fill();
    pdf.fillOpacity(1);
    paper.write(String(count), left + width * 0.28, y(count) - 11, { size: 7, align: 'centre' });
  });
}

/** A share over the day as a line, broken where minutes are missing. */
export function courseChart(
  paper: Paper,
  points: readonly { readonly at: number; readonly share: number }[],
  { startsAt, endsAt }: { readonly startsAt: number; readonly endsAt: number },
): void {
  const top = roundTop(100 * Math.max(...points.map(({ share }) => share)));
  const { x, y } = plotOf(paper, top, true);
  const { pdf } = paper;
  let before: number | undefined;
  for (const { at, share } of points) {
    const place = (moment: number): readonly [number, number] => [
      x((moment - startsAt) / (endsAt - startsAt)),
      y(100 * share),
    ];
    if (before === undefined || at - before > MINUTE_MS) pdf.moveTo(...place(at));
    // A minute is as wide as itself, so that one alone is seen as well.
    pdf.lineTo(...place(at)).lineTo(...place(at + MINUTE_MS));
    before = at;
  }
  pdf.lineWidth(1).strokeColor(INK.present).stroke();
}

export interface PrecinctRow {
  readonly name: string;
  /** Shares within 30, 60 and 180 s, of 1. */
  readonly shares: readonly number[];
  /** The same in words, and how many cases. */
  readonly words: readonly string[];
  readonly cases: string;
}

const SHADES = [INK.present, INK.bar, INK.band] as const;
const NAME_WIDTH = 120;
const FIGURES_WIDTH = 150;
const ROW = 17;

/** One bar of shares for each precinct, with the figures beside it. */
export function precinctsChart(
  paper: Paper,
  heads: { readonly name: string; readonly words: readonly string[]; readonly cases: string },
  rows: readonly PrecinctRow[],
): void {
  const { pdf } = paper;
  const bar = { x: PAGE.margin + NAME_WIDTH, width: INNER - NAME_WIDTH - FIGURES_WIDTH - 10 };
  const columns = [...heads.words, heads.cases].map(
    (_, index, all) => PAGE.margin + INNER - FIGURES_WIDTH + ((index + 1) * FIGURES_WIDTH) / all.length,
  );
  const head = (): void => {
    paper.write(heads.name, PAGE.margin, paper.y, LABEL);
    [...heads.words, heads.cases].forEach((word, index) =>
      paper.write(word, columns[index] ?? 0, paper.y, { ...LABEL, align: 'right' }),
    );
    paper.y += ROW - 3;
  };
  paper.room(2 * ROW);
  head();
  for (const { name, shares, words, cases } of rows) {
    if (paper.room(ROW)) head();
    const style = { size: 9 } as const;
    paper.write(paper.fitting(name, style, NAME_WIDTH - 8), PAGE.margin, paper.y, style);
    pdf
      .rect(bar.x, paper.y + 3, bar.width, 8)
      .lineWidth(0.5)
      .strokeColor(INK.hairline)
      .stroke();
    // The widest first, so that the narrower ones lie over it.
    for (const [index, share] of [...shares.entries()].toReversed())
      pdf
        .rect(bar.x, paper.y + 3, bar.width * share, 8)
        .fillColor(SHADES[index] ?? INK.band)
        .fill();
    [...words, cases].forEach((word, index) =>
      paper.write(word, columns[index] ?? 0, paper.y, { ...style, align: 'right' }),
    );
    paper.y += ROW;
  }
}
