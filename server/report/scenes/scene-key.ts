import { HALF_MINUTE_SECONDS } from '@maplewall/shared/rules/half-minute.ts';
import { INK, MIDDLE, type Paper } from '../paper.ts';
import type { ReportWords } from '../report-words.ts';
import type { SceneContent } from './scene-content.ts';
import { clippedLine } from './flat-shapes.ts';
import { drawMark } from './scene-marks.ts';
import { drawDots, drawPost, hatch, sayMetres, strokeEdge } from './scene-picture.ts';

/** Text beside and below a picture. */
export const SMALL = { size: 8, colour: INK.second } as const;
export const KEY_ROW = 12;
const SWATCH = { width: 16, height: 8 } as const;
/** A mark in a line of the key, of its size on the map. */
const MARK_PART = 0.68;

/** One line of a key: a sample of what is drawn, from its left middle, and what it means. */
export interface KeyLine {
  readonly text: string;
  draw(paper: Paper, x: number, y: number): void;
}

/** What a scene shows, each thing once; only what is really in the picture. */
export function keyOf(
  {
    view,
    marks,
    incidents,
    reached,
    circle,
    lost,
    ordinaryAt,
    unreached,
    lostPlaces,
    posts,
    isSilent,
    ground,
  }: SceneContent,
  words: ReportWords,
): readonly KeyLine[] {
  const { say } = words;
  const [first] = marks;
  const lines: (KeyLine | false)[] = [
    first !== undefined && {
      text: markWords(
        incidents,
        first,
        marks.some(({ count }) => count > 1),
        words,
      ),
      draw: (paper, x, y) => {
        paper.pdf.save();
        paper.pdf.translate(x + SWATCH.width / 2, y).scale(MARK_PART);
        drawMark(paper, { ...first, at: [0, 0], count: 1 });
        paper.pdf.restore();
      },
    },
    reached.streets.length > 0 && {
      text: say('report.scenes.reached', { seconds: HALF_MINUTE_SECONDS }),
      draw: ({ pdf }, x, y) =>
        pdf
          .moveTo(x + 1, y)
          .lineTo(x + SWATCH.width - 1, y)
          .lineWidth(2.6)
          .strokeColor(INK.present)
          .stroke(),
    },
    circle !== undefined && {
      text: say('report.scenes.radius', { metres: sayMetres(circle.metres, words) }),
      draw: ({ pdf }, x, y) => {
        pdf.dash(2, { space: 2 }).lineWidth(0.9).strokeColor(INK.text);
        pdf
          .moveTo(x, y)
          .lineTo(x + SWATCH.width, y)
          .stroke();
        pdf.undash();
      },
    },
    lost.length > 0 &&
      ordinaryAt !== undefined && {
        text: say('report.scenes.lostGrids', { time: words.minute(ordinaryAt) }),
        draw: hatchSwatch,
      },
    unreached.length > 0 && {
      text: say(lostPlaces === unreached.length ? 'report.scenes.unreached' : 'report.scenes.unreachedCut', {
        seconds: HALF_MINUTE_SECONDS,
        all: lostPlaces,
        count: unreached.length,
      }),
      draw: ({ pdf }, x, y) =>
        drawDots(
          pdf,
          [0.2, 0.5, 0.8].map((part) => [x + part * SWATCH.width, y] as const),
        ),
    },
    posts.some(({ isHeld }) => isHeld) && {
      text: say('report.scenes.heldPost'),
      draw: ({ pdf }, x, y) => drawPost(pdf, [x + SWATCH.width / 2, y], true),
    },
    posts.some(({ isHeld }) => !isHeld) && {
      text: say('report.scenes.emptyPost'),
      draw: ({ pdf }, x, y) => drawPost(pdf, [x + SWATCH.width / 2, y], false),
    },
    isSilent && { text: say('report.scenes.silent'), draw: hatchSwatch },
    ground.edge.some((line) => clippedLine(line, view.rect).length > 0) && {
      text: say('report.scenes.edge'),
      draw: ({ pdf }, x, y) =>
        strokeEdge(pdf, [
          [
            [x, y],
            [x + SWATCH.width, y],
          ],
        ]),
    },
  ];
  return lines.filter((line) => line !== false);
}

/** One mark is named by what it is; of several it is said how many they are. */
function markWords(
  incidents: number,
  { priority, category }: SceneContent['marks'][number],
  isMerged: boolean,
  { say }: ReportWords,
): string {
  if (incidents === 1)
    return say('report.scenes.incident', {
      priority: say(`priority.p${priority}`),
      category: say(`category.${category}`),
    });
  return say(isMerged ? 'report.scenes.several' : 'report.scenes.count', { count: incidents });
}

function hatchSwatch({ pdf }: Paper, x: number, y: number): void {
  const [left, right] = [x, x + SWATCH.width];
  const [top, bottom] = [y - SWATCH.height / 2, y + SWATCH.height / 2];
  const corners = [
    [left, top],
    [right, top],
    [right, bottom],
    [left, bottom],
  ] as const;
  hatch(pdf, [[corners]], { left, top, right, bottom }, INK.text, 3.2);
}

/** Writes a key at the cursor, line below line. */
export function drawKey(
  paper: Paper,
  lines: readonly KeyLine[],
  { x, width }: { readonly x: number; readonly width: number },
): void {
  for (const { text, draw } of lines) {
    const style = { ...SMALL, size: 7.5 } as const;
    paper.pdf.save();
    draw(paper, x, paper.y + KEY_ROW / 2);
    paper.pdf.restore();
    const left = x + SWATCH.width + 6;
    paper.write(
      paper.fitting(text, style, width - SWATCH.width - 6),
      left,
      paper.y + KEY_ROW / 2 - style.size * MIDDLE,
      style,
    );
    paper.y += KEY_ROW;
  }
}
