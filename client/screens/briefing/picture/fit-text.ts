/** How wide a text is at a size, in pixels. */
export type Measure = (text: string, size: number) => number;

export interface FittedText {
  readonly size: number;
  readonly lines: readonly string[];
}

export const LINE_HEIGHT = 1.5;

/** Breaks a text into lines of a width: Latin between words, Chinese between characters; a word that is too long for a line is broken. */
export function linesOf(text: string, width: number, measure: (text: string) => number): readonly string[] {
  const words = new Intl.Segmenter('zh', { granularity: 'word' });
  const characters = new Intl.Segmenter('zh', { granularity: 'grapheme' });
  const lines: string[] = [];
  for (const paragraph of text.split('\n')) {
    let line = '';
    for (const { segment } of words.segment(paragraph)) {
      if (measure((line + segment).trimEnd()) <= width) {
        line += segment;
        continue;
      }
      if (line !== '' && measure(segment) <= width) {
        lines.push(line.trimEnd());
        line = segment.trimStart();
        continue;
      }
      for (const { segment: character } of characters.segment(segment)) {
        if (line !== '' && measure(line + character) > width) {
          lines.push(line.trimEnd());
          line = '';
        }
        line += character;
      }
    }
    lines.push(line.trimEnd());
  }
  return lines;
}

/** The largest of the sizes at which a text fits into a box; at the smallest, what does not fit ends with dots. */
export function fitText(
  text: string,
  box: { readonly width: number; readonly height: number },
  sizes: readonly [number, ...number[]],
  measure: Measure,
): FittedText {
  let fitted: FittedText = { size: sizes[0], lines: [] };
  for (const size of sizes) {
    fitted = { size, lines: linesOf(text, box.width, (part) => measure(part, size)) };
    if (fitted.lines.length * size * LINE_HEIGHT <= box.height) return fitted;
  }
  const most = Math.max(1, Math.floor(box.height / (fitted.size * LINE_HEIGHT)));
  return { ...fitted, lines: [...fitted.lines.slice(0, most - 1), '……'] };
}
