import type { WallLayout } from '@maplewall/shared/domain/wall-layout.ts';

/** The words of an address that say what a saved layout says, so that both are read by the same eyes. */
export function layoutWords(layout: WallLayout): URLSearchParams {
  const words = new URLSearchParams({
    view: layout.view,
    span: `${layout.span.columns}x${layout.span.rows}`,
    tile: `${layout.tile.column},${layout.tile.row}`,
    theme: layout.theme,
    lang: layout.language,
  });
  if (layout.director) words.set('director', 'on');
  if (layout.sound) words.set('sound', 'on');
  if (layout.ghostHeat) words.set('ghost', 'on');
  if (layout.visitor) words.set('visitor', 'on');
  if (layout.widthMetres !== undefined) words.set('width', String(layout.widthMetres));
  if (layout.farthestMetres !== undefined) words.set('farthest', String(layout.farthestMetres));
  return words;
}

/** The words of the layout of this name, with those of the address before them; undefined when there is none. */
export async function savedWords(
  name: string,
  address: URLSearchParams,
): Promise<URLSearchParams | undefined> {
  const answer = await fetch(`/api/layouts/${encodeURIComponent(name)}`);
  if (answer.status === 404) return undefined;
  if (!answer.ok) throw new Error(`the layout cannot be read: ${answer.status}`);
  const words = layoutWords((await answer.json()) as WallLayout);
  for (const [word, value] of address) words.set(word, value);
  return words;
}
