import type { PositionColumns } from '../world/world.ts';
import type { FixRows, Turn, TurnRows } from './frame.ts';

/**
 * Devices report at even intervals, so a world knows who is due: whoever's next fix, at the interval between the last
 * two, would be measured in that very second. Saying who of them was missing, and who else came, takes a third of what
 * saying everybody takes (0.55 → 0.17 bytes a fix in the demo city's evening).
 *
 *   last two fixes at 12:00:05 and 12:00:10  →  due at 12:00:15
 */
const expectedAtSeconds = (positions: PositionColumns, slot: number): number => {
  if (positions.hasPrevious[slot] !== 1) return NaN;
  const last = positions.fixAtSeconds[slot] ?? 0;
  return last + (last - (positions.previousFixAtSeconds[slot] ?? 0));
};

/** Slots whose next fix is expected to be measured in this second, ascending. */
export function slotsDueAt(positions: PositionColumns, atSeconds: number): Uint32Array<ArrayBuffer> {
  const due = new Uint32Array(positions.length);
  let count = 0;
  for (let slot = 0; slot < positions.length; slot += 1)
    if (expectedAtSeconds(positions, slot) === atSeconds) due[count++] = slot;
  return due.slice(0, count);
}

const OLDEST_TURN_SECONDS = 60;

/** When each slot's next fix was expected at the last cut, while the world has gone on since. */
export class TurnBook {
  #expectedAt = new Float64Array(0);

  constructor(positions: PositionColumns) {
    this.copyAll(positions);
  }

  /** Takes over what is expected of every slot now. */
  copyAll(positions: PositionColumns): void {
    this.#expectedAt = Float64Array.from({ length: positions.capacity }, (_, slot) =>
      expectedAtSeconds(positions, slot),
    );
  }

  /** Takes over what is expected of these slots now. */
  copy(positions: PositionColumns, slots: ArrayLike<number>): void {
    if (positions.capacity > this.#expectedAt.length) {
      const grown = new Float64Array(positions.capacity).fill(NaN);
      grown.set(this.#expectedAt);
      this.#expectedAt = grown;
    }
    for (let i = 0; i < slots.length; i += 1) {
      const slot = slots[i] ?? 0;
      this.#expectedAt[slot] = expectedAtSeconds(positions, slot);
    }
  }

  /** The turn that most of these fixes belong to; none for no fixes. */
  turnOf({ count, ageSeconds }: FixRows, cutAtSeconds: number): Turn | undefined {
    if (count === 0) return undefined;
    const atSeconds = cutAtSeconds - mostFrequent(ageSeconds);
    const expectedAt = this.#expectedAt;
    const due = new Uint32Array(expectedAt.length);
    let found = 0;
    for (let slot = 0; slot < expectedAt.length; slot += 1)
      if (expectedAt[slot] === atSeconds) due[found++] = slot;
    return { atSeconds, due: due.slice(0, found) };
  }
}

/** Of those up to a minute old, which nearly all are; 0 where none is. */
function mostFrequent(agesSeconds: Int32Array): number {
  const times = new Uint32Array(OLDEST_TURN_SECONDS + 1);
  for (let row = 0; row < agesSeconds.length; row += 1) {
    const age = agesSeconds[row] ?? -1;
    if (age >= 0 && age <= OLDEST_TURN_SECONDS) times[age] = (times[age] ?? 0) + 1;
  }
  return Math.max(0, times.indexOf(Math.max(...times)));
}

/** Who of a turn is missing, by place among the due, and the slots of all other rows, ascending. */
interface TurnWords {
  readonly missed: Uint32Array;
  readonly others: Uint32Array;
}

/** The slots of rows in the words of a turn. */
export function wordsOfTurn(due: Uint32Array, { count, slot }: FixRows): TurnWords {
  const missed = new Uint32Array(due.length);
  const others = new Uint32Array(count);
  let missing = 0;
  let other = 0;
  let place = 0;
  for (let row = 0; row < count; row += 1) {
    const its = slot[row] ?? 0;
    while (place < due.length && (due[place] ?? 0) < its) missed[missing++] = place++;
    if (due[place] === its) place += 1;
    else others[other++] = its;
  }
  while (place < due.length) missed[missing++] = place++;
  return { missed: missed.slice(0, missing), others: others.slice(0, other) };
}

/** The slots of rows from the words of a turn, row by row; undefined where they do not fit who is due. */
export function slotsOfTurn(due: Uint32Array, { count, turn }: TurnRows): Uint32Array | undefined {
  const { missed, others } = turn;
  if (due.length - missed.length + others.length !== count || (missed.at(-1) ?? -1) >= due.length)
    return undefined;
  const slots = new Uint32Array(count);
  let nextMissed = 0;
  let nextOther = 0;
  let row = 0;
  for (const [place, its] of due.entries()) {
    if (missed[nextMissed] === place) {
      nextMissed += 1;
      continue;
    }
    while (nextOther < others.length && (others[nextOther] ?? 0) < its) {
      slots[row] = others[nextOther] ?? 0;
      nextOther += 1;
      row += 1;
    }
    slots[row] = its;
    row += 1;
  }
  slots.set(others.subarray(nextOther), row);
  return slots;
}
