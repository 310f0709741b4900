/** Words of a replay's address that hold for a briefing too. */
const KEPT_WORDS = ['theme', 'lang', 'width', 'farthest'];

/** Where a saved briefing is presented: in the look and the language of this page, and masked if visitors look on. */
export function presentAddress(id: string, search: string, isVisitor: boolean): string {
  const kept = new URLSearchParams(
    [...new URLSearchParams(search)].filter(([word]) => KEPT_WORDS.includes(word)),
  );
  if (isVisitor) kept.set('visitor', 'on');
  return `/briefing/${id}?${kept.toString()}`;
}
