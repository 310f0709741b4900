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
async function savedWords(name: string, address: URLSearchParams): Promise<URLSearchParams | undefined> {
  const answer = await fetch(`/api/layouts/${encodeURIComponent(name)}`);
  if (answer.status === 404) return undefined;
  if (!answer.ok) throw new Error(`the layout cannot be read: ${answer.status}`);
  const words = layoutWords((await answer.json()) as WallLayout);
  for (const [word, value] of address) words.set(word, value);
  return words;
}

/** The gateway does not answer, or does not know this screen yet. */
const UNANSWERED_AGAIN_MS = 2_000;
/** There is no such layout, or not any more: somebody may keep one of this name at any time. */
const UNKNOWN_AGAIN_MS = 10_000;

export interface LayoutTaker {
  /** Told once; when it fails it is told again. */
  take(words: URLSearchParams): Promise<void>;
  unknown(): void;
}

/** Asks for a layout until there is one: no wall waits for a hand. Returns what stops it. */
export function askForLayout(
  name: string,
  address: URLSearchParams,
  { take, unknown }: LayoutTaker,
): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let isStopped = false;
  const ask = async (): Promise<void> => {
    let again = UNANSWERED_AGAIN_MS;
    try {
      const words = await savedWords(name, address);
      if (isStopped) return;
      if (words !== undefined) {
        await take(words);
        return;
      }
      unknown();
      again = UNKNOWN_AGAIN_MS;
    } catch {
      // Asked again below.
    }
    if (!isStopped) timer = setTimeout(() => void ask(), again);
  };
  void ask();
  return () => {
    isStopped = true;
    clearTimeout(timer);
  };
}
