import ranges from '@fontsource-variable/noto-sans-sc/unicode.json';
import type { StyleSpecification } from 'maplibre-gl';

/** The name by which the style's layers ask for the font. */
export const MAP_FONT = 'Noto Sans SC';

/** A name of its own, so that no style of the page changes what is drawn on marks. */
const FIGURE_FONT = 'Maplewall Figures';
const FIGURE_CHARACTERS = ['0', '秒'];

/** File → address in the built client, as the style sheet of the panels uses it as well. */
const files = import.meta.glob<string>(
  '../node_modules/@fontsource-variable/noto-sans-sc/files/*-wght-normal.woff2',
  { query: '?url', import: 'default', eager: true },
);

const addressOf = (subset: string): string | undefined => {
  const name = subset.replaceAll(/[[\]]/g, '');
  const file = Object.keys(files).find((path) => path.endsWith(`/noto-sans-sc-${name}-wght-normal.woff2`));
  return file === undefined ? undefined : files[file];
};

/** Absolute, because the map asks for them from where the page is, whatever its path. */
const absolute = (address: string): string => new URL(address, document.baseURI).href;

/**
 * The font's files with the characters that each holds. The map fetches a file when a name with one of its
 * characters is drawn first; no font of the system and no other machine is asked.
 */
export const fontFaces = (): NonNullable<StyleSpecification['font-faces']> => ({
  [MAP_FONT]: Object.entries(ranges).flatMap(([subset, unicodeRange]) => {
    const address = addressOf(subset);
    return address === undefined
      ? []
      : [{ url: absolute(address), 'unicode-range': unicodeRange.split(',') }];
  }),
});

/** Makes the figures drawn on marks, and their unit, available to a canvas; gives the name to ask for them by. */
export async function loadFigureFont(): Promise<string> {
  const needed = Object.entries(ranges).filter(([, unicodeRange]) =>
    FIGURE_CHARACTERS.some((character) => covers(unicodeRange, character)),
  );
  for (const [subset, unicodeRange] of needed) {
    const address = addressOf(subset);
    if (address === undefined) throw new Error(`the font has no file ${subset}`);
    const face = new FontFace(FIGURE_FONT, `url("${absolute(address)}")`, {
      weight: '100 900',
      unicodeRange,
    });
    document.fonts.add(await face.load());
  }
  return FIGURE_FONT;
}

/** Whether a CSS unicode-range (`U+30-39,U+79d2`) has this character. */
function covers(unicodeRange: string, character: string): boolean {
  const code = character.codePointAt(0) ?? 0;
  return unicodeRange.split(',').some((part) => {
    const [first = '', last = first] = part.trim().replace(/^U\+/i, '').split('-');
    return code >= Number.parseInt(first, 16) && code <= Number.parseInt(last, 16);
  });
}
