/** A binary heap of nodes by cost, in columns; it grows and is used again. */
export class NodeHeap {
  #nodes = new Int32Array(1_024);
  #costs = new Float64Array(1_024);
  #size = 0;

  clear(): void {
    this.#size = 0;
  }

  push(node: number, cost: number): void {
    if (this.#size === this.#nodes.length) this.#grow();
    const nodes = this.#nodes;
    const costs = this.#costs;
    let at = this.#size;
    this.#size += 1;
    while (at > 0) {
      const up = (at - 1) >> 1;
      const above = costs[up] ?? 0;
      if (above <= cost) break;
      costs[at] = above;
      nodes[at] = nodes[up] ?? 0;
      at = up;
    }
    nodes[at] = node;
    costs[at] = cost;
  }

  /** The node of least cost; -1 when there is none. */
  pop(): number {
    if (this.#size === 0) return -1;
    const nodes = this.#nodes;
    const costs = this.#costs;
    const top = nodes[0] ?? -1;
    this.#size -= 1;
    const size = this.#size;
    const node = nodes[size] ?? 0;
    const cost = costs[size] ?? 0;
    let at = 0;
    for (;;) {
      let child = 2 * at + 1;
      if (child >= size) break;
      if (child + 1 < size && (costs[child + 1] ?? 0) < (costs[child] ?? 0)) child += 1;
      const below = costs[child] ?? 0;
      if (below >= cost) break;
      costs[at] = below;
      nodes[at] = nodes[child] ?? 0;
      at = child;
    }
    nodes[at] = node;
    costs[at] = cost;
    return top;
  }

  #grow(): void {
    const nodes = new Int32Array(this.#nodes.length * 2);
    const costs = new Float64Array(nodes.length);
    nodes.set(this.#nodes);
    costs.set(this.#costs);
    this.#nodes = nodes;
    this.#costs = costs;
  }
}
