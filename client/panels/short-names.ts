/**
 * Names without the ending that all of them share ('城东派出所', '城中派出所' → '城东', '城中'), where something is left
 * of each; for labels that stand side by side under a title that says what they are.
 */
export function shortNames(names: readonly string[]): readonly string[] {
  const [first = '', ...others] = names;
  if (others.length === 0) return names;
  const shortest = Math.min(...names.map(({ length }) => length));
  let shared = 0;
  while (shared < shortest - 1 && others.every((name) => name.at(-1 - shared) === first.at(-1 - shared)))
    shared += 1;
  // In words with spaces only whole words go.
  const ending = first.slice(first.length - shared);
  const space = ending.indexOf(' ');
  const cut = /\w/.test(ending) ? (space < 0 ? 0 : ending.length - space) : shared;
  return cut < 2 ? names : names.map((name) => name.slice(0, name.length - cut).trim());
}
