/**
 * Whatever is to be drawn anew, one at each animation frame: a second in which every chart of a wall changes is spread over as
 * many frames as there are charts, so that none of them is long enough for the moving map to be seen waiting. The first one
 * waits for the frame after next: the next one has the figures and the list to show that changed with it.
 */
const waiting = new Set<() => void>();
let isAsked = false;

/** Draws when it is its turn; once, however often it was asked for until then. */
export function drawInTurn(draw: () => void): void {
  waiting.add(draw);
  if (isAsked) return;
  isAsked = true;
  requestAnimationFrame(askForFrame);
}

/** It is not drawn any more. */
export function leaveTurns(draw: () => void): void {
  waiting.delete(draw);
}

function askForFrame(): void {
  isAsked = waiting.size > 0;
  if (!isAsked) return;
  requestAnimationFrame(() => {
    const [next] = waiting;
    if (next !== undefined) waiting.delete(next);
    askForFrame();
    next?.();
  });
}
