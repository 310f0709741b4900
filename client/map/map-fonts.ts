import type { StyleSpecification } from 'maplibre-gl';
import { markWords } from './map-words.ts';
import { rangesOf, type CharacterRange } from './unicode-range.ts';

/** The name by which the style's layers ask for the font. */
export const MAP_FONT = 'Noto Sans SC';

/** The name by which the page's style sheet declares it, a face for each file. */
const SHEET_FONT = 'Noto Sans SC Variable';
/** A name of its own, so that no style of the page changes what is drawn on marks. */
const FIGURE_FONT = 'Maplewall Figures';

interface FontFile {
  readonly url: string;
  readonly ranges: readonly CharacterRange[];
}

/**
 * The files of the font, as the page's style sheet has them for the panels: a second list in the script would be a
 * twentieth of all that a wall fetches. Addresses are absolute, because the map asks from its worker.
 */
function fontFiles(): readonly FontFile[] {
  const found: FontFile[] = [];
  for (const sheet of document.styleSheets)
    for (const rule of sheet.cssRules) {
      if (!(rule instanceof CSSFontFaceRule)) continue;
      if (rule.style.getPropertyValue('font-family').replaceAll(/["']/g, '') !== SHEET_FONT) continue;
      const address = /url\(["']?([^"')]+)/.exec(rule.style.getPropertyValue('src'))?.[1];
      if (address === undefined) continue;
      found.push({
        url: new URL(address, sheet.href ?? document.baseURI).href,
        ranges: rangesOf(rule.style.getPropertyValue('unicode-range')),
      });
    }
  return found;
}

/**
 * The font's files with the characters that each holds. The map fetches a file when a name with one of its
 * characters is drawn first; no font of the system and no other machine is asked.
 */
export const fontFaces = (): NonNullable<StyleSpecification['font-faces']> => ({
  [MAP_FONT]: fontFiles().map(({ url, ranges }) => ({ url, 'unicode-range': ranges.map(toText) })),
});

/**
 * Makes the figures drawn on marks, and the words beside them, available to a canvas; gives the name to ask for them by.
 * @throws when the page's style sheet declares no file with such a character
 */
export async function loadFigureFont(): Promise<string> {
  const files = fontFiles();
  const needed = new Set<FontFile>();
  // English words are of the same file as the figures.
  for (const character of ['0', ...Object.values(markWords('zh-CN')).join('')]) {
    const code = character.codePointAt(0) ?? 0;
    const file = files.find(({ ranges }) => ranges.some(({ first, last }) => code >= first && code <= last));
    if (file === undefined) throw new Error(`no style sheet declares ${SHEET_FONT} with ${character}`);
    needed.add(file);
  }
  for (const { url, ranges } of needed) {
    const face = new FontFace(FIGURE_FONT, `url("${url}")`, {
      weight: '100 900',
      unicodeRange: ranges.map(toText).join(','),
    });
    document.fonts.add(await face.load());
  }
  return FIGURE_FONT;
}

const toText = ({ first, last }: CharacterRange): string =>
  `U+${first.toString(16)}${last === first ? '' : `-${last.toString(16)}`}`;
