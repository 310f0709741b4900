/** Random numbers that depend on the seed and on the stream's name alone, so a new stream shifts no other. */
export interface Random {
  /** At least 0, below 1. */
  next(): number;
  /** At least `low`, below `high`. */
  between(low: number, high: number): number;
  /** A whole number of 0 … count − 1. */
  below(count: number): number;
  chance(probability: number): boolean;
  /** One of the list. @throws when the list is empty */
  pick<T>(list: readonly T[]): T;
  /** An index, drawn in proportion to the weights. @throws when no weight is above 0 */
  pickIndex(weights: readonly number[]): number;
  /** Normally distributed. */
  normal(mean: number, deviation: number): number;
  /** Waiting time of a Poisson process whose mean wait is given. */
  exponential(mean: number): number;
  /** A new list in another order. */
  shuffled<T>(list: readonly T[]): T[];
}

/** FNV-1a over UTF-16 units with a final avalanche: 32 bits that differ for each salt. */
function hash(text: string, salt: number): number {
  let state = (0x811c9dc5 ^ salt) >>> 0;
  for (let index = 0; index < text.length; index += 1)
    state = Math.imul(state ^ text.charCodeAt(index), 0x01000193);
  state = Math.imul(state ^ (state >>> 16), 0x85ebca6b);
  state = Math.imul(state ^ (state >>> 13), 0xc2b2ae35);
  return (state ^ (state >>> 16)) >>> 0;
}

/**
 * A generator (sfc32: small fast counting, 128 bits of state) of its own for each seed and stream name.
 * The same pair gives the same numbers on every machine.
 */
export function seededRandom(seed: number, stream: string): Random {
  const key = `${seed}/${stream}`;
  let a = hash(key, 1);
  let b = hash(key, 2);
  let c = hash(key, 3);
  let counter = 1;
  const next = (): number => {
    const sum = (((a + b) | 0) + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (((c << 21) | (c >>> 11)) + sum) | 0;
    return (sum >>> 0) / 4_294_967_296;
  };
  for (let round = 0; round < 12; round += 1) next();

  const below = (count: number): number => Math.floor(next() * count);
  return {
    next,
    below,
    between: (low, high) => low + (high - low) * next(),
    chance: (probability) => next() < probability,
    pick: (list) => {
      if (list.length === 0) throw new Error('nothing to pick from');
      return list[below(list.length)] as (typeof list)[number];
    },
    pickIndex: (weights) => {
      let total = 0;
      for (const weight of weights) total += Math.max(0, weight);
      if (!(total > 0)) throw new Error('no weight is above 0');
      let rest = next() * total;
      let last = 0;
      for (const [index, weight] of weights.entries()) {
        if (weight <= 0) continue;
        last = index;
        rest -= weight;
        if (rest < 0) return index;
      }
      return last;
    },
    // Box and Muller; the second of the pair is thrown away so that a call always takes two numbers.
    normal: (mean, deviation) => {
      const radius = Math.sqrt(-2 * Math.log(1 - next()));
      return mean + deviation * radius * Math.cos(2 * Math.PI * next());
    },
    exponential: (mean) => -mean * Math.log(1 - next()),
    shuffled: (list) => {
      const copy = [...list];
      for (let index = copy.length - 1; index > 0; index -= 1) {
        const other = below(index + 1);
        const held = copy[index] as (typeof copy)[number];
        copy[index] = copy[other] as (typeof copy)[number];
        copy[other] = held;
      }
      return copy;
    },
  };
}
