/** Code points, both included. */
export interface CharacterRange {
  readonly first: number;
  readonly last: number;
}

/** Reads a CSS unicode-range: `U+30-39, U+79d2, U+4??`. What is no range is left out. */
export function rangesOf(text: string): readonly CharacterRange[] {
  const ranges: CharacterRange[] = [];
  for (const part of text.split(',')) {
    const found = /^u\+([\da-f]*)(\?*)(?:-([\da-f]+))?$/i.exec(part.trim());
    if (found === null) continue;
    const [, digits = '', wild = '', end] = found;
    const first = Number.parseInt(digits + wild.replaceAll('?', '0'), 16);
    const last = Number.parseInt(end ?? digits + wild.replaceAll('?', 'f'), 16);
    if (first <= last) ranges.push({ first, last });
  }
  return ranges;
}
