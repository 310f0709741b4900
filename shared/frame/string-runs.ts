/**
 * Lists of ids and names, in which most entries follow from the one before. In JSON:
 *
 *   ["V-0001", 3, "V-0007", -2]   =   V-0001 V-0002 V-0003 V-0004 V-0007 V-0007 V-0007
 *
 *   text   itself        n > 0   the next n successors        n < 0   the same again, -n times
 */
export type StringRuns = (string | number)[];

/** Longest run in one number, so that a few bytes cannot stand for a large list. */
const LONGEST_RUN = 64;
/** Longest text in a list; ids and names are far shorter. */
const LONGEST_TEXT = 256;

/** The text with its last digits counted one up, as wide as before where that is possible; undefined without digits. */
function successor(text: string): string | undefined {
  let from = text.length;
  while (from > 0 && text.length - from < MOST_DIGITS && isDigit(text.charCodeAt(from - 1))) from -= 1;
  if (from === text.length) return undefined;
  const next = String(Number(text.slice(from)) + 1);
  return text.slice(0, from) + next.padStart(text.length - from, '0');
}

/** So many digits are exact in a number. */
const MOST_DIGITS = 15;
const isDigit = (code: number): boolean => code >= 0x30 && code <= 0x39;

export function toStringRuns(list: readonly string[]): StringRuns {
  const runs: StringRuns = [];
  let before: string | undefined;
  let run = 0;
  const endRun = (): void => {
    if (run !== 0) runs.push(run);
    run = 0;
  };
  for (const text of list) {
    const step = before === undefined ? 0 : text === before ? -1 : text === successor(before) ? 1 : 0;
    if (step === 0 || (run !== 0 && Math.sign(run) !== step) || Math.abs(run) === LONGEST_RUN) endRun();
    if (step === 0) runs.push(text);
    else run += step;
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
    } else {
      if (typeof entry !== 'number' || !Number.isInteger(entry) || Math.abs(entry) > LONGEST_RUN)
        return undefined;
      for (let i = 0; i < Math.abs(entry); i += 1) {
        if (before !== undefined && entry > 0) before = successor(before);
        if (before === undefined) return undefined;
        list.push(before);
      }
    }
  }
  return list;
}
