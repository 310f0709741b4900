import { makeSymbolTable, TOTAL, type SymbolTable } from './symbol-stream.ts';

/**
 * Numbers as symbols. A small number is its own symbol; a larger one is the symbol of its octave, and its place
 * in the octave goes as plain bits beside the symbols.
 *
 *   0 … 27      itself
 *   28 + b      28 + 2^b - 1 … 28 + 2^(b+1) - 2, with b plain bits         b = 0 … 18
 *   47          anything else up to 2^48 - 1, with 48 plain bits
 */
export const DIRECT = 28;
const OCTAVES = 19;
export const HUGE = DIRECT + OCTAVES;
export const HUGE_BITS = 48;
export const SYMBOLS = HUGE + 1;

/** The symbol of a number that is 0 or more; its plain bits are `plainBits(symbol)` many, of `value - base(symbol)`. */
export function symbolOf(value: number): number {
  if (value < DIRECT) return value;
  const above = value - DIRECT + 1;
  return above >= 1 << OCTAVES ? HUGE : DIRECT + 31 - Math.clz32(above);
}

/** How many plain bits follow a symbol. */
export const plainBits = (symbol: number): number =>
  symbol < DIRECT ? 0 : symbol === HUGE ? HUGE_BITS : symbol - DIRECT;

/** The least number of a symbol's octave; 0 for numbers that come whole in their plain bits. */
export const leastOf = (symbol: number): number =>
  symbol < DIRECT ? symbol : symbol === HUGE ? 0 : DIRECT - 1 + (1 << (symbol - DIRECT));

/** Signed numbers take turns: 0, -1, 1, -2, 2 … become 0, 1, 2, 3, 4 … */
export const fold = (value: number): number => (value < 0 ? -2 * value - 1 : 2 * value);
export const unfold = (value: number): number => (value % 2 === 1 ? -(value + 1) / 2 : value / 2);

/**
 * The distributions that a column may name. They are computed, not stored, by additions, multiplications,
 * divisions and roots of doubles alone: IEEE 754 fixes each result to the bit, so that all machines have the
 * same tables. (`Math.exp` may differ from engine to engine.)
 *
 *   signed    SIGNED_CORES: a bell with a wider foot: noise of devices, and now and then a turn
 *             SIGNED_CORES again: three quarters a bell, a quarter as wide as can be: devices that fall silent
 *             then two-sided geometric ones of mean MEANS
 *   counts    a share of zeros, ZERO_SHARES, and above them a geometric distribution of mean MEANS
 */
export type Family = 'signed' | 'counts';

/** exp(-1 / (2 s²)) for bells of s = 0.2 … 14: the ratio by which a bell falls from 0 to 1. */
const SIGNED_CORES = [
  0.000004, 0.0169, 0.1353, 0.3063, 0.4578, 0.6065, 0.7066, 0.7837, 0.8494, 0.8929, 0.9231, 0.946, 0.9639,
  0.9755, 0.9836, 0.9898, 0.9938, 0.9974,
];
const ZERO_SHARES = [0.0002, 0.02, 0.1, 0.25, 0.45, 0.65, 0.8, 0.92, 0.98];
/** Means of geometric distributions: close together where frames need them, then an octave in two steps. */
const MEANS = [
  1.0002, 1.01, 1.03, 1.06, 1.12, 1.2, 1.3, 1.45, 1.65, 1.9, 2.2, 2.6, 3, 3.5, 4.1, 4.8, 5.6, 6.6, 7.8, 9.2,
  11, 13, 16, 20, 25, 32, 45, 64, 90, 128, 181, 256, 362, 512, 724, 1024, 1448, 2048, 2896, 4096, 5793, 8192,
  11585, 16384, 23170, 32768, 65536, 131_072, 262_144, 524_288, 1_048_576, 4_194_304, 16_777_216,
];

export const MODEL_COUNT: Readonly<Record<Family, number>> = {
  signed: 2 * SIGNED_CORES.length + MEANS.length,
  counts: ZERO_SHARES.length * MEANS.length,
};

const tables: Readonly<Record<Family, (SymbolTable | undefined)[]>> = { signed: [], counts: [] };

/** The table of a model, made at first use. */
export function tableOf(family: Family, model: number): SymbolTable {
  const made = tables[family][model] ?? makeSymbolTable(frequenciesOf(family, model));
  tables[family][model] = made;
  return made;
}

/** Shares of TOTAL, none below 1; what rounding leaves goes to the likeliest. */
export function frequenciesOf(family: Family, model: number): Uint16Array {
  const weights = weightsOf(family, model);
  let sum = 0;
  for (const weight of weights) sum += weight;
  const frequencies = Uint16Array.from(
    weights,
    (weight) => 1 + Math.floor((weight / sum) * (TOTAL - weights.length)),
  );
  let left = TOTAL;
  let likeliest = 0;
  for (const [symbol, frequency] of frequencies.entries()) {
    left -= frequency;
    if (frequency > (frequencies[likeliest] ?? 0)) likeliest = symbol;
  }
  frequencies[likeliest] = (frequencies[likeliest] ?? 0) + left;
  return frequencies;
}

function weightsOf(family: Family, model: number): number[] {
  if (family === 'counts') {
    const zeros = ZERO_SHARES[Math.floor(model / MEANS.length)] ?? 0;
    const mean = MEANS[model % MEANS.length] ?? 1;
    // 1, 2, 3 … with ratio q have the mean 1 / (1 - q).
    const above = octaves(1 - 1 / mean, 1).map((weight) => weight * (1 - zeros));
    above[0] = zeros;
    return above;
  }
  const cores = SIGNED_CORES.length;
  if (model >= 2 * cores) return twoSided(MEANS[model - 2 * cores] ?? 1);
  const fall = SIGNED_CORES[model % cores] ?? 0;
  if (model >= cores) return mixed(bell(fall), 0.75, wideAsCanBe());
  // The bell of `fall` is as wide as s = sqrt(1 / (2 (1 - fall))) for a wide one, and never below a tenth.
  const width = Math.max(0.1, Math.sqrt(0.5 / (1 - fall)));
  return mixed(bell(fall), 0.9, twoSided(3 * width));
}

/** `share` of one distribution and the rest of the other. */
function mixed(one: readonly number[], share: number, other: readonly number[]): number[] {
  const sum = (of: readonly number[]): number => of.reduce((all, weight) => all + weight, 0);
  const [oneSum, otherSum] = [sum(one), sum(other)];
  return one.map(
    (weight, symbol) => (share * weight) / oneSum + ((1 - share) * (other[symbol] ?? 0)) / otherSum,
  );
}

/** Sums, over each symbol, of a geometric distribution that begins at `first`. */
function octaves(ratio: number, first: number): number[] {
  const weights: number[] = [];
  let share = 1 - ratio;
  for (let value = 0; value < DIRECT; value += 1) {
    weights.push(value < first ? 0 : share);
    if (value >= first) share *= ratio;
  }
  // What is left above the direct ones falls by ratio^(2^b) over octave b; squaring gives the next.
  let left = share / (1 - ratio);
  let fall = ratio;
  for (let octave = 0; octave < OCTAVES; octave += 1) {
    weights.push(left * (1 - fall));
    left *= fall;
    fall *= fall;
  }
  weights.push(left);
  return weights;
}

/** p(k) ~ ratio^|k| with 1 / (1 - ratio) = `mean`. Each size of a number is two symbols, or half an octave. */
function twoSided(mean: number): number[] {
  const ratio = 1 - 1 / mean;
  const root = Math.sqrt(ratio);
  // In folded numbers the ratio of neighbours is its root on average; the direct ones get the true steps.
  const weights = octaves(root, 0);
  let size = 1 - root;
  for (let value = 0; value < DIRECT; value += 1) {
    if (value % 2 === 1) size *= ratio;
    weights[value] = size;
  }
  return weights;
}

/** p(k) ~ fall^(k²), nothing above the direct numbers. */
function bell(fall: number): number[] {
  const bySize: number[] = [];
  let height = 1;
  let step = fall;
  for (let size = 0; size <= DIRECT / 2; size += 1) {
    bySize.push(height);
    height *= step;
    step *= fall * fall;
  }
  return Array.from({ length: SYMBOLS }, (_, symbol) =>
    symbol < DIRECT ? (bySize[Math.ceil(symbol / 2)] ?? 0) : 0,
  );
}

/** p(k) ~ 1 / |k|: each octave weighs about the same, and nothing is surprising. */
function wideAsCanBe(): number[] {
  return Array.from({ length: SYMBOLS }, (_, symbol) => {
    if (symbol < DIRECT) return 1 / (symbol + 2);
    const width = symbol === HUGE ? 1 : 1 << (symbol - DIRECT);
    return symbol === HUGE ? 0.01 : width / (DIRECT + 1.5 * width);
  });
}
