import { at } from './plane.ts';

interface Entry<T> {
  readonly cost: number;
  readonly order: number;
  readonly item: T;
}

/** A queue that gives the least cost first, and of equal costs the one that came first. */
export class LeastFirst<T> {
  readonly #entries: Entry<T>[] = [];
  #count = 0;

  push(cost: number, item: T): void {
    let place = this.#entries.push({ cost, order: this.#count, item }) - 1;
    this.#count += 1;
    while (place > 0) {
      const above = (place - 1) >> 1;
      if (!this.#isBefore(place, above)) return;
      this.#swap(place, above);
      place = above;
    }
  }

  pop(): T | undefined {
    if (this.#entries.length === 0) return undefined;
    this.#swap(0, this.#entries.length - 1);
    const first = this.#entries.pop();
    let place = 0;
    for (;;) {
      let least = place;
      for (const child of [place * 2 + 1, place * 2 + 2])
        if (child < this.#entries.length && this.#isBefore(child, least)) least = child;
      if (least === place) return first?.item;
      this.#swap(place, least);
      place = least;
    }
  }

  #isBefore(one: number, two: number): boolean {
    const a = at(this.#entries, one);
    const b = at(this.#entries, two);
    return a.cost < b.cost || (a.cost === b.cost && a.order < b.order);
  }

  #swap(one: number, two: number): void {
    const held = at(this.#entries, one);
    this.#entries[one] = at(this.#entries, two);
    this.#entries[two] = held;
  }
}
