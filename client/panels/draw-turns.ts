/**
 * Whatever is to be drawn anew, one at each animation frame: a second in which every chart of a wall changes is spread over as
 * many frames as there are charts, so that none of them is long enough for the moving map to be seen waiting.
 */
const waiting = new Set<() => void>();
let isAsked = false;

/** Draws when it is its turn; once, however often it was asked for until then. */
export function drawInTurn(draw: () => void): void {
  waiting.add(draw);
  askForFrame();
}

/** It is not drawn any more. */
export function leaveTurns(draw: () => void): void {
  waiting.delete(draw);
}

function askForFrame(): void {
  if (isAsked || waiting.size === 0) return;
  isAsked = true;
  requestAnimationFrame(() => {
    isAsked = false;
    const [next] = waiting;
    if (next !== undefined) waiting.delete(next);
    askForFrame();
    next?.();
  });
}
