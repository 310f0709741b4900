/**
 * Where a screen of the present stands, for its way back: its path, and all words that hold on it, those of a saved layout as
 * well, with a visitors' mask as it is at this moment and not as the page began.
 */
export function liveAddress(
  path: string,
  words: string,
  isVisitor: boolean,
): { readonly path: string; readonly search: string } {
  const held = new URLSearchParams(words);
  if (isVisitor) held.set('visitor', 'on');
  else held.delete('visitor');
  return { path, search: `?${held.toString()}` };
}
