/**
 * Where a row that is dragged goes: past its neighbour as soon as the pointer is past the middle of it, so that rows of
 * different heights never change places to and fro. The same place where it is past neither.
 * @param middles of the rows as they stand, in the pointer's pixels
 */
export function placeUnder(pointerY: number, middles: readonly number[], place: number): number {
  const above = middles[place - 1];
  const below = middles[place + 1];
  if (above !== undefined && pointerY < above) return place - 1;
  return below !== undefined && pointerY > below ? place + 1 : place;
}

/** Follows a mouse, a pen or a finger until it lets go, wherever it goes: what it took may be put in elsewhere meanwhile. */
export function followPointer(pointerId: number, onMove: (event: PointerEvent) => void): void {
  const move = (event: PointerEvent): void => {
    if (event.pointerId === pointerId) onMove(event);
  };
  const letGo = (event: PointerEvent): void => {
    if (event.pointerId !== pointerId) return;
    window.removeEventListener('pointermove', move);
    window.removeEventListener('pointerup', letGo);
    window.removeEventListener('pointercancel', letGo);
  };
  window.addEventListener('pointermove', move);
  window.addEventListener('pointerup', letGo);
  window.addEventListener('pointercancel', letGo);
}
