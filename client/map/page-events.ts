export interface PageEventsOptions {
  readonly element: HTMLElement;
  /** Whether nothing but positions may move. */
  readonly calm: MediaQueryList;
  readonly onSize: () => void;
  readonly onCalm: () => void;
}

/** Tells of the element's size and of the wish for calm, when they change. Answers what stops it. */
export function followPage({ element, calm, onSize, onCalm }: PageEventsOptions): () => void {
  let isFirst = true;
  const watcher = new ResizeObserver(() => {
    // The first call tells the size that is known already.
    if (!isFirst) onSize();
    isFirst = false;
  });
  watcher.observe(element);
  calm.addEventListener('change', onCalm);
  return () => {
    watcher.disconnect();
    calm.removeEventListener('change', onCalm);
  };
}
