/** Four below each: half as many levels as with two, and all four lie in one line of the processor's cache. */
const WAYS_BITS = 2;
const WAYS = 1 << WAYS_BITS;

/** Numbers with a cost, given back cheapest first: a heap in two columns that grow and never shrink. */
export class LeastFirst {
  #costs = new Float64Array(256);
  #items = new Uint32Array(256);
  #size = 0;

  get size(): number {
    return this.#size;
  }

  clear(): void {
    this.#size = 0;
  }

  /** The cost of what `take` would give; Infinity when nothing is left. */
  get leastCost(): number {
    return this.#size === 0 ? Infinity : (this.#costs[0] ?? Infinity);
  }

  put(item: number, cost: number): void {
    if (this.#size === this.#items.length) this.#grow();
    const costs = this.#costs;
    const items = this.#items;
    let hole = this.#size++;
    while (hole > 0) {
      const above = (hole - 1) >> WAYS_BITS;
      const aboveCost = costs[above] ?? 0;
      if (aboveCost <= cost) break;
      costs[hole] = aboveCost;
      items[hole] = items[above] ?? 0;
      hole = above;
    }
    costs[hole] = cost;
    items[hole] = item;
  }

  /** Takes the cheapest; undefined when nothing is left. */
  take(): number | undefined {
    if (this.#size === 0) return undefined;
    const costs = this.#costs;
    const items = this.#items;
    const found = items[0];
    const size = --this.#size;
    const cost = costs[size] ?? 0;
    const item = items[size] ?? 0;
    let hole = 0;
    for (;;) {
      const first = (hole << WAYS_BITS) + 1;
      if (first >= size) break;
      let least = first;
      let leastCost = costs[first] ?? 0;
      const end = Math.min(first + WAYS, size);
      for (let below = first + 1; below < end; below++) {
        const belowCost = costs[below] ?? 0;
        if (belowCost < leastCost) {
          least = below;
          leastCost = belowCost;
        }
      }
      if (leastCost >= cost) break;
      costs[hole] = leastCost;
      items[hole] = items[least] ?? 0;
      hole = least;
    }
    costs[hole] = cost;
    items[hole] = item;
    return found;
  }

  #grow(): void {
    const costs = new Float64Array(this.#size * 2);
    const items = new Uint32Array(this.#size * 2);
    costs.set(this.#costs);
    items.set(this.#items);
    this.#costs = costs;
    this.#items = items;
  }
}
