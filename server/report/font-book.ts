import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import subsetFont from 'subset-font';

/** The weights that a report is set in. */
export const WEIGHTS = { regular: 400, bold: 600 } as const;
export type Weight = keyof typeof WEIGHTS;

/** Text that stands in one font file: the screens' font comes in slices of some hundred characters. */
export interface Run {
  readonly slice: string;
  readonly text: string;
}

interface Slice {
  readonly name: string;
  readonly ranges: readonly (readonly [first: number, last: number])[];
}

/** The mark that stands in Chinese print for a character that the font does not have. */
const UNKNOWN = '〓';
const PRINTABLE = Array.from({ length: 95 }, (_, index) => String.fromCodePoint(32 + index)).join('');
const folder = dirname(
  createRequire(import.meta.url).resolve('@fontsource-variable/noto-sans-sc/package.json'),
);

/**
 * The font of the screens, cut down to the characters of one report, in two weights. Files that hold only what is
 * written are small, and a reader of the PDF needs no Chinese font.
 */
export class FontBook {
  readonly #sliceOf: ReadonlyMap<string, string>;
  /** Font files by weight and slice. */
  readonly files: ReadonlyMap<string, Buffer>;

  private constructor(sliceOf: ReadonlyMap<string, string>, files: ReadonlyMap<string, Buffer>) {
    this.#sliceOf = sliceOf;
    this.files = files;
  }

  /** @param texts whatever will be written, in any order */
  static async open(texts: Iterable<string>): Promise<FontBook> {
    const slices = await readSlices();
    const sliceOf = new Map<string, string>();
    const charactersOf = new Map<string, string>();
    for (const character of new Set([PRINTABLE, UNKNOWN, ...texts].join(''))) {
      const code = character.codePointAt(0) ?? 0;
      const slice = slices.find(({ ranges }) =>
        ranges.some(([first, last]) => code >= first && code <= last),
      );
      if (slice === undefined) continue;
      sliceOf.set(character, slice.name);
      charactersOf.set(slice.name, (charactersOf.get(slice.name) ?? '') + character);
    }
    const files = new Map<string, Buffer>();
    for (const [slice, characters] of charactersOf) {
      const whole = await readFile(join(folder, 'files', `noto-sans-sc-${slice}-wght-normal.woff2`));
      for (const [weight, wght] of Object.entries(WEIGHTS))
        files.set(
          fileName(weight as Weight, slice),
          await subsetFont(whole, characters, { targetFormat: 'truetype', variationAxes: { wght } }),
        );
    }
    return new FontBook(sliceOf, files);
  }

  /** Parts a text by the files that its characters stand in. */
  runs(text: string): readonly Run[] {
    const runs: { slice: string; text: string }[] = [];
    for (const character of text) {
      const known = this.#sliceOf.has(character) ? character : UNKNOWN;
      const slice = this.#sliceOf.get(known) ?? '';
      const last = runs.at(-1);
      if (last?.slice === slice) last.text += known;
      else runs.push({ slice, text: known });
    }
    return runs;
  }
}

export const fileName = (weight: Weight, slice: string): string => `${weight} ${slice}`;

/** Which characters each slice has: `{"[4]": "U+1f1e9-1f1f5,U+3000"}`. */
async function readSlices(): Promise<readonly Slice[]> {
  const ranges = JSON.parse(await readFile(join(folder, 'unicode.json'), 'utf8')) as Record<string, string>;
  return Object.entries(ranges).map(([name, text]) => ({
    name: name.replaceAll(/[[\]]/g, ''),
    ranges: text.split(',').map((part) => {
      const [first = '', last = first] = part.trim().slice(2).split('-');
      return [Number.parseInt(first, 16), Number.parseInt(last, 16)] as const;
    }),
  }));
}
