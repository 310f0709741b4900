import { onBeforeUnmount, onMounted } from 'vue';
import { commandOf, type PlayerCommand } from './player.ts';

/** Somebody who writes or chooses, or moves something by the arrows, does not mean the replay. */
const TAKES_KEYS = 'input, select, textarea, [contenteditable], .post-handle';
/** These scroll what is longer than its drawer. */
const SCROLL_KEYS = ['ArrowUp', 'ArrowDown'];

/** Hands on the keys of a video editor, wherever on the screen they are pressed. */
export function usePlayerKeys(act: (command: PlayerCommand) => void): void {
  const onKey = (event: KeyboardEvent): void => {
    const isWithin = (selector: string): boolean =>
      event.target instanceof Element && event.target.closest(selector) !== null;
    if (isWithin(TAKES_KEYS)) return;
    // The space bar presses the button that has the focus.
    if (event.key === ' ' && isWithin('button, a')) return;
    if (SCROLL_KEYS.includes(event.key) && isWithin('.drawer')) return;
    const command = commandOf(event);
    // A key that is held down is no second wish to go faster.
    if (command === undefined || (command.kind === 'backward' && event.repeat)) return;
    event.preventDefault();
    act(command);
  };
  onMounted(() => window.addEventListener('keydown', onKey));
  onBeforeUnmount(() => window.removeEventListener('keydown', onKey));
}
