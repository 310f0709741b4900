/** Numbers with a cost, given back cheapest first: a binary heap in two columns that grow and never shrink. */
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
    if (this.#size === this.#items.length) {
      const costs = new Float64Array(this.#size * 2);
      const items = new Uint32Array(this.#size * 2);
      costs.set(this.#costs);
      items.set(this.#items);
      this.#costs = costs;
      this.#items = items;
    }
    let hole = this.#size++;
    while (hole > 0) {
      const above = (hole - 1) >> 1;
      if ((this.#costs[above] ?? 0) <= cost) break;
      this.#move(above, hole);
      hole = above;
    }
    this.#costs[hole] = cost;
    this.#items[hole] = item;
  }

  /** Takes the cheapest; undefined when nothing is left. */
  take(): number | undefined {
    if (this.#size === 0) return undefined;
    const found = this.#items[0];
    this.#size -= 1;
    const cost = this.#costs[this.#size] ?? 0;
    const item = this.#items[this.#size] ?? 0;
    let hole = 0;
    for (;;) {
      let below = 2 * hole + 1;
      if (below >= this.#size) break;
      if (below + 1 < this.#size && (this.#costs[below + 1] ?? 0) < (this.#costs[below] ?? 0)) below += 1;
      if ((this.#costs[below] ?? 0) >= cost) break;
      this.#move(below, hole);
      hole = below;
    }
    this.#costs[hole] = cost;
    this.#items[hole] = item;
    return found;
  }

  #move(from: number, to: number): void {
    this.#costs[to] = this.#costs[from] ?? 0;
    this.#items[to] = this.#items[from] ?? 0;
  }
}
