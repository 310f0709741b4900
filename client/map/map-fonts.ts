import ranges from '@fontsource-variable/noto-sans-sc/unicode.json';
import type { StyleSpecification } from 'maplibre-gl';

/** The name by which the style's layers ask for the font. */
export const MAP_FONT = 'Noto Sans SC';

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

/** Makes the figures drawn on marks available to a canvas, by a name that the page's own style does not touch. */
export async function loadFigureFont(): Promise<string> {
  const address = addressOf('latin');
  if (address === undefined) throw new Error('the font has no file for Latin characters');
  const face = new FontFace('Maplewall Figures', `url("${absolute(address)}")`, { weight: '100 900' });
  document.fonts.add(await face.load());
  return face.family;
}
