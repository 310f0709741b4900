import type { PressedKey } from '../replay/player.ts';

/** What whoever presents can ask for. */
export type ShowCommand = 'next' | 'previous' | 'first' | 'last' | 'black';

/** As a clicker sends them, and as in other programs that present: Page Down and Up, arrows, Home and End, B or a full stop for black. */
export function showCommandOf({
  key,
  ctrlKey,
  altKey,
  metaKey,
}: Omit<PressedKey, 'shiftKey'>): ShowCommand | undefined {
  if (ctrlKey || altKey || metaKey) return undefined;
  switch (key.length === 1 ? key.toLowerCase() : key) {
    case 'PageDown':
    case 'ArrowRight':
    case ' ':
      return 'next';
    case 'PageUp':
    case 'ArrowLeft':
      return 'previous';
    case 'Home':
      return 'first';
    case 'End':
      return 'last';
    case 'b':
    case '.':
      return 'black';
    default:
      return undefined;
  }
}

/** The scene that a command leads to, of so many; the one that is shown where there is none further. */
export function sceneAfter(command: Exclude<ShowCommand, 'black'>, index: number, count: number): number {
  const to = { next: index + 1, previous: index - 1, first: 0, last: count - 1 }[command];
  return Math.max(0, Math.min(count - 1, to));
}
