import { DatabaseSync } from 'node:sqlite';
import type { ResponderId } from '@maplewall/shared/domain/ids.ts';
import type { PositionsRecord } from '@maplewall/shared/domain/record.ts';
import { startOfMinute, type MinuteNo, type Seq } from '@maplewall/shared/domain/units.ts';
import { forget, IS_NOT_LAST, IS_POSITIONS, OF_MINUTE } from './forgotten.ts';
import { pickFixes } from './pick-fixes.ts';
import { decodeRecord, encodeRecord, THINNED, type Names, type RecordRow } from './record-codec.ts';

/** The numbers of names, as the bodies hold them: nobody has to know the names to leave some out. */
const NUMBERS: Names = { nameOf: (id) => String(id) as ResponderId, idOf: Number };

const MINUTE_SECONDS = 60;

/** The hand that leaves one fix of each responder in so many seconds in a log, for a thread of its own. */
export class PositionsThinner {
  readonly #database: DatabaseSync;
  readonly #toSeconds: number;

  /** @param toSeconds at most 60: a minute is thinned by itself */
  constructor(file: string, toSeconds: number) {
    this.#database = new DatabaseSync(file);
    // As for what is forgotten (forgotten.ts): what a power cut brings back is thinned again.
    this.#database.exec('PRAGMA busy_timeout = 10000; PRAGMA synchronous = NORMAL');
    this.#toSeconds = toSeconds;
  }

  /**
   * Thins up to `most` of these records of a minute, all or none. Done again, wherever it was cut off, it leaves the same fixes:
   * of each responder the first one in each stretch of seconds since the minute began.
   * @returns how many were changed, and how many are still to be
   */
  thin(
    minute: MinuteNo,
    seqs: readonly Seq[],
    most: number,
  ): { readonly changed: number; readonly left: number } {
    const records = this.#read(minute, seqs);
    const kept = keptRows(records, this.#toSeconds);
    const due = records.filter(({ seq, fixes }) => (kept.get(seq)?.length ?? 0) < fixes.count);
    const now = due.slice(0, most);
    if (now.length > 0) this.#write(minute, now, kept);
    return { changed: now.length, left: due.length - now.length };
  }

  close(): void {
    this.#database.close();
  }

  #read(minute: MinuteNo, seqs: readonly Seq[]): readonly PositionsRecord[] {
    const one = this.#database.prepare(
      `SELECT * FROM records WHERE ${OF_MINUTE} AND ${IS_POSITIONS} AND ${IS_NOT_LAST}`,
    );
    const start = startOfMinute(minute);
    return seqs.flatMap((seq) => {
      const row = one.get(seq, start, start) as unknown as RecordRow | undefined;
      const record = row === undefined ? undefined : decodeRecord(seq, row, NUMBERS);
      return record?.type === 'positions' ? [record] : [];
    });
  }

  #write(
    minute: MinuteNo,
    records: readonly PositionsRecord[],
    kept: ReadonlyMap<Seq, readonly number[]>,
  ): void {
    const change = this.#database.prepare('UPDATE records SET form = ?, body = ? WHERE seq = ?');
    forget(this.#database, minute, (removeOne) => {
      for (const record of records) {
        const rows = kept.get(record.seq) ?? [];
        if (rows.length === 0) removeOne(record.seq);
        else {
          const { form, body } = encodeRecord({ ...record, fixes: pickFixes(record.fixes, rows) }, NUMBERS);
          change.run(form + THINNED, body, record.seq);
        }
      }
    });
  }
}

/** The rows of each record that stay. */
function keptRows(
  records: readonly PositionsRecord[],
  toSeconds: number,
): ReadonlyMap<Seq, readonly number[]> {
  const first = new Map<string, { readonly seq: Seq; readonly row: number; readonly second: number }>();
  for (const { seq, fixes } of records)
    for (let row = 0; row < fixes.count; row += 1) {
      const second = fixes.fixAtSeconds[row] ?? 0;
      const turn = `${fixes.responders[fixes.who[row] ?? 0]} ${Math.floor((second % MINUTE_SECONDS) / toSeconds)}`;
      const known = first.get(turn);
      // Records come in the order of the log, so of two of one second the earlier one stays.
      if (known === undefined || second < known.second) first.set(turn, { seq, row, second });
    }
  const kept = new Map<Seq, number[]>();
  for (const { seq, row } of first.values()) kept.set(seq, [...(kept.get(seq) ?? []), row]);
  for (const rows of kept.values()) rows.sort((a, b) => a - b);
  return kept;
}
