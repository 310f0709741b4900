import { captionOf } from '@maplewall/shared/rules/chapters/caption.ts';
import type { Chapter } from '@maplewall/shared/rules/chapters/chapter.ts';
import { INNER, PAGE, type Paper } from '../paper.ts';
import type { ReportData } from '../report-data.ts';
import type { ReportWords } from '../report-words.ts';
import { contentOf, type SceneContent } from './scene-content.ts';
import { drawKey, keyOf, KEY_ROW, SMALL } from './scene-key.ts';
import { drawScene, SCALE_STRIP } from './scene-picture.ts';

const TEXT = { size: 9.5 } as const;
const LINE_HEIGHT = 1.45;
/** Four of them, with the heading, fill a page. */
const FRAME = { width: 240, height: 144 } as const;
const GAP = 16;
const ROW = FRAME.height + SCALE_STRIP + 9;
const HEADING = 34;

/** A chapter with its picture, the corner of which lies at the origin. */
interface Scene {
  readonly chapter: Chapter;
  readonly content: SceneContent | undefined;
}

/** What the chapters' scenes show, before a page is begun: the fonts must know their names. */
export interface Scenes {
  readonly scenes: readonly Scene[];
  readonly names: readonly string[];
}

/** Cuts the city to each chapter's frame. */
export function scenesOf(data: ReportData, words: ReportWords): Scenes {
  const { city, incidents, chapters, scenes: drawn } = data;
  const rect = { left: 0, top: 0, right: FRAME.width, bottom: FRAME.height };
  const scenes = chapters.chapters.map((chapter, index): Scene => {
    const shapes = drawn?.shapes[index] ?? {};
    const content =
      drawn === undefined
        ? undefined
        : contentOf(chapter, shapes, { city, pack: drawn.pack, incidents }, rect);
    return { chapter, content };
  });
  const names = scenes.flatMap(({ content }) => content?.ground.names ?? []);
  return { scenes, names: [...names.map((name) => words.name(name)), ...sourceWords(data, words)] };
}

/** What stood out, in the order of time: each chapter with its picture, the time and the caption beside it. */
export function chaptersPart(paper: Paper, data: ReportData, { scenes }: Scenes, words: ReportWords): void {
  // That they are lacking, and why, is told among what is missing.
  if (data.chapters.replayGone === true) return;
  paper.room(HEADING + ROW);
  paper.heading(words.say('report.chapters'));
  if (scenes.length === 0) {
    paper.paragraph(words.say('report.chaptersNone'), TEXT);
    return;
  }
  for (const scene of scenes) drawRow(paper, scene, words);
  for (const line of sourceWords(data, words)) paper.paragraph(line, { ...SMALL, size: 7 });
}

function drawRow(paper: Paper, { chapter, content }: Scene, words: ReportWords): void {
  const column = { x: PAGE.margin + FRAME.width + GAP, width: INNER - FRAME.width - GAP };
  const caption = paper.lines(captionOf(chapter, words.say), TEXT, column.width);
  const key = content === undefined ? [] : keyOf(content, words);
  const text = (2 + caption.length) * TEXT.size * LINE_HEIGHT + 8 + key.length * KEY_ROW;
  paper.room(Math.max(ROW, text));
  const top = paper.y;
  paper.write(words.clock(chapter.at), column.x, paper.y - 2, SMALL);
  paper.y += 11;
  paper.paragraph(words.say(`briefing.kinds.${chapter.kind}`), { size: 11, weight: 'bold' }, column);
  paper.y += 2;
  for (const line of caption) paper.paragraph(line, TEXT, column);
  paper.y = Math.max(paper.y + 6, top + FRAME.height - key.length * KEY_ROW);
  drawKey(paper, key, { x: column.x, width: column.width });
  const below = paper.y;
  if (content !== undefined) {
    paper.pdf.save();
    paper.pdf.translate(PAGE.margin, top);
    drawScene(paper, content, words);
    paper.pdf.restore();
  }
  paper.y = Math.max(top + ROW, below + 8);
}

/** Whose drawings these are, and what of a city is generated, as the map on the screens says. */
function sourceWords({ city, scenes }: ReportData, words: ReportWords): readonly string[] {
  if (scenes === undefined) return [];
  const { attribution = '', notice } = city;
  return [
    ...(attribution === '' ? [] : [words.say('report.scenes.source', { source: attribution })]),
    ...(notice === null || notice === undefined ? [] : [words.name(notice)]),
  ];
}
