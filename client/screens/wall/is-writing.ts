/** Whether a key or a click is meant for what somebody writes or chooses, or for a tool that lies over the map, and not for the screen. */
export const isWriting = ({ target }: Event): boolean =>
  target instanceof Element && target.closest('input, select, textarea, [contenteditable], .tools') !== null;
