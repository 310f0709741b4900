export type Span = readonly [from: number, to: number];

/** Stretches of time that are done, joined where they touch. */
export class Spans {
  #spans: Span[];

  constructor(spans: readonly Span[] = []) {
    this.#spans = [];
    for (const span of spans) this.add(...span);
  }

  get list(): readonly Span[] {
    return this.#spans;
  }

  add(from: number, to: number): void {
    if (to <= from) return;
    const apart = this.#spans.filter(([start, end]) => end < from || start > to);
    const touching = this.#spans.filter(([start, end]) => end >= from && start <= to);
    const joined: Span = [
      Math.min(from, ...touching.map(([start]) => start)),
      Math.max(to, ...touching.map(([, end]) => end)),
    ];
    this.#spans = [...apart, joined].toSorted((a, b) => a[0] - b[0]);
  }

  /** Whether all of a stretch is done. */
  has(from: number, to: number): boolean {
    return this.#spans.some(([start, end]) => start <= from && to <= end);
  }
}
