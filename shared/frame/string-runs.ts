/**
 * Lists of ids and names, in which most entries follow from the one before. In JSON:
 *
 *   ["V-0001", 3, 68, -2]   =   V-0001 V-0002 V-0003 V-0004 V-0009 V-0009 V-0009
 *
 *   text      itself
 *   1 … 64    so many more, each counted up by one from the one before
 *   65 …      one more, counted up by 2 … (the number less 63)
 *   -1 … -64  the same again, so many times
 */
export type StringRuns = (string | number)[];

/** Longest run in one number, so that a few bytes cannot stand for a large list. */
const LONGEST_RUN = 64;
/** Widest step in one number. */
const WIDEST_STEP = 9_999;
const STEP_BASE = LONGEST_RUN - 1;
/** Longest text in a list; ids and names are far shorter. */
const LONGEST_TEXT = 256;
/** So many digits are exact in a number. */
const MOST_DIGITS = 15;

const isDigit = (code: number): boolean => code >= 0x30 && code <= 0x39;

/** Where the digits at the end of a text begin. */
function digitsFrom(text: string): number {
  let from = text.length;
  while (from > 0 && text.length - from < MOST_DIGITS && isDigit(text.charCodeAt(from - 1))) from -= 1;
  return from;
}

/** The text with its last digits counted up, as wide as before where that is possible; undefined without digits. */
function countedUp(text: string, by: number): string | undefined {
  const from = digitsFrom(text);
  if (from === text.length) return undefined;
  const next = String(Number(text.slice(from)) + by);
  return text.slice(0, from) + next.padStart(text.length - from, '0');
}

/** By how much `next` is counted up from `text`; 0 where it is not. */
function stepTo(text: string, next: string): number {
  const by = Number(next.slice(digitsFrom(next))) - Number(text.slice(digitsFrom(text)));
  return by > 0 && by <= WIDEST_STEP && countedUp(text, by) === next ? by : 0;
}

export function toStringRuns(list: readonly string[]): StringRuns {
  const runs: StringRuns = [];
  let before: string | undefined;
  let run = 0;
  const endRun = (): void => {
    if (run !== 0) runs.push(run);
    run = 0;
  };
  for (const text of list) {
    const step = before === undefined ? 0 : text === before ? -1 : stepTo(before, text);
    const runsOn = step === 1 || step === -1;
    if (!runsOn || Math.sign(run) === -step || Math.abs(run) === LONGEST_RUN) endRun();
    if (runsOn) run += step;
    else runs.push(step === 0 ? text : step + STEP_BASE);
    before = text;
  }
  endRun();
  return runs;
}

/** The list again; undefined where `runs` is no such thing. */
export function fromStringRuns(runs: unknown): string[] | undefined {
  if (!Array.isArray(runs)) return undefined;
  const list: string[] = [];
  let before: string | undefined;
  for (const entry of runs as readonly unknown[]) {
    if (typeof entry === 'string') {
      if (entry.length > LONGEST_TEXT) return undefined;
      list.push((before = entry));
      continue;
    }
    if (typeof entry !== 'number' || !Number.isInteger(entry) || before === undefined) return undefined;
    if (entry < -LONGEST_RUN || entry > WIDEST_STEP + STEP_BASE) return undefined;
    const times = entry > LONGEST_RUN ? 1 : Math.abs(entry);
    const by = entry > LONGEST_RUN ? entry - STEP_BASE : 1;
    for (let i = 0; i < times; i += 1) {
      if (entry > 0) before = countedUp(before, by);
      if (before === undefined) return undefined;
      list.push(before);
    }
  }
  return list;
}
