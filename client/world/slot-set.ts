/**
 * Slots that something touched, each once, in the order in which they came. Many thousands come with each frame; a Set of
 * numbers takes ten times as long and leaves rubbish behind.
 */
export class SlotSet {
  #slots = new Uint32Array(1_024);
  /** Slot → round in which it was added last. */
  #rounds = new Uint32Array(1_024);
  #round = 1;
  #size = 0;

  get size(): number {
    return this.#size;
  }

  add(slot: number): void {
    if (slot >= this.#rounds.length) this.#grow(slot);
    if (this.#rounds[slot] === this.#round) return;
    this.#rounds[slot] = this.#round;
    this.#slots[this.#size++] = slot;
  }

  clear(): void {
    this.#size = 0;
    this.#round += 1;
  }

  /** Good until the next `add` or `clear`. */
  toArray(): Uint32Array {
    return this.#slots.subarray(0, this.#size);
  }

  #grow(slot: number): void {
    let capacity = this.#rounds.length;
    while (capacity <= slot) capacity *= 2;
    const slots = new Uint32Array(capacity);
    slots.set(this.#slots);
    this.#slots = slots;
    const rounds = new Uint32Array(capacity);
    rounds.set(this.#rounds);
    this.#rounds = rounds;
  }
}
