import { access } from 'node:fs/promises';
import { crc32 } from 'node:zlib';
import { chooseRows } from './choose-rows.ts';
import type { Mapping } from './mapping-form.ts';
import { checkHeader, readRows } from './read-rows.ts';
import { EventMaker, FixMaker, kindOfItem, type EventItem, type FixItem } from './row-to-records.ts';
import { RowFault, type Row } from './row-value.ts';
import { openRejects, type Rejects } from './rejects.ts';
import type { BatchAnswer, Sent } from './send-batches.ts';

/** Large enough to make the way to the disk cheap, small enough to show progress. */
const EVENTS_PER_BATCH = 2_000;
/** One fix in so many ends its batch; a prime, so that a pattern in the rows is none in their hashes. */
const FIXES_TO_AN_END = 1_009;
const MOST_FIXES_PER_BATCH = 4_000;
const BATCHES_IN_FLIGHT = 3;

export interface ImportOptions {
  readonly file: string;
  readonly mapping: Mapping;
  readonly rejectsFile: string;
  /** Called with the state so far, every few thousand rows. */
  readonly onProgress: (state: ImportState) => void;
}

export interface ImportState {
  readonly phase: 'choosing' | 'sending';
  /** Share of the file read in this phase, 0–1. */
  readonly share: number;
  readonly rows: number;
  readonly taken: number;
  readonly repeated: number;
  readonly rejected: number;
}

export interface ImportResult {
  /** Those that could be read. */
  readonly rows: number;
  /** Events or fixes that are new in the log. */
  readonly taken: number;
  /** Events or fixes that were there already. */
  readonly repeated: number;
  readonly rejected: number;
  readonly rejectsByKind: ReadonlyMap<string, number>;
  /** Records made of the file, by kind. */
  readonly madeByKind: ReadonlyMap<string, number>;
}

/** The sending side; BatchSender is the real one. */
export interface Sender {
  /** Asks the gateway once whether it takes the key. */
  checkKey(): Promise<void>;
  sendEvents(batch: readonly Sent<EventItem>[]): Promise<BatchAnswer>;
  sendFixes(batch: readonly Sent<FixItem>[]): Promise<BatchAnswer>;
}

/** Makes the items of one row; whatever the mapping is about. */
interface Maker<T> {
  readonly itemsOf: (row: Row) => readonly T[];
  readonly isFull: (batch: readonly Sent<T>[]) => boolean;
  readonly send: (batch: readonly Sent<T>[]) => Promise<BatchAnswer>;
}

/**
 * Reads a file and sends what it says, in batches with several on their way; memory does not grow with the file
 * (but for mappings that choose the earliest or latest row of a key: one number for each key).
 * @throws SendFault when the gateway does not take the data, FileFault when the file is none of the mapping's, RejectsFault
 * when rejected rows cannot be listed
 */
export async function runImport(options: ImportOptions, sender: Sender): Promise<ImportResult> {
  // All that can be wrong as a whole comes before the list of rejects, which writes over the one of the import before.
  // In a folder that does not exist the data is what is missing.
  await access(options.file);
  await checkHeader(options.file, options.mapping);
  await sender.checkKey();
  const rejects = await openRejects(options.rejectsFile);
  try {
    return await readAndSend(options, sender, rejects);
  } finally {
    await rejects.close();
  }
}

async function readAndSend(options: ImportOptions, sender: Sender, rejects: Rejects): Promise<ImportResult> {
  const { mapping } = options;
  if (mapping.what === 'positions') {
    const fixes = new FixMaker(mapping);
    return sendAll(options, rejects, {
      itemsOf: (row) => [fixes.fixOf(row)],
      isFull: endsWithItsLast,
      send: (batch) => sender.sendFixes(batch),
    });
  }
  const events = new EventMaker(mapping);
  const chosen = await chooseRows(options.file, mapping, events, (share, rows) =>
    options.onProgress({ phase: 'choosing', share, rows, taken: 0, repeated: 0, rejected: 0 }),
  );
  return sendAll(options, rejects, {
    itemsOf: (row) => events.eventsOf(row, chosen),
    isFull: (batch) => batch.length >= EVENTS_PER_BATCH,
    send: (batch) => sender.sendEvents(batch),
  });
}

/**
 * The fix itself says whether it ends a batch, not its number: a row more or less would otherwise make other batches of
 * all rows after it, and the gateway would know none of them again.
 */
function endsWithItsLast(batch: readonly Sent<FixItem>[]): boolean {
  const last = batch.at(-1)?.item;
  if (last === undefined) return false;
  const { responderId, fixAt, lng, lat } = last;
  return (
    batch.length >= MOST_FIXES_PER_BATCH ||
    crc32(`${responderId} ${fixAt} ${lng} ${lat}`) % FIXES_TO_AN_END === 0
  );
}

async function sendAll<T extends EventItem | FixItem>(
  options: ImportOptions,
  rejects: Rejects,
  maker: Maker<T>,
): Promise<ImportResult> {
  const madeByKind = new Map<string, number>();
  const reader = await readRows(options.file, options.mapping);
  let rows = 0;
  let taken = 0;
  let repeated = 0;
  let batch: Sent<T>[] = [];
  const inFlight = new Set<Promise<void>>();
  let failure: unknown;

  const report = (): void =>
    options.onProgress({
      phase: 'sending',
      share: reader.progress(),
      rows,
      taken,
      repeated,
      rejected: rejects.rows,
    });
  const send = async (full: readonly Sent<T>[]): Promise<void> => {
    const answer = await maker.send(full);
    taken += answer.taken;
    repeated += answer.repeated;
    for (const { line, field, reason } of answer.refused) await rejects.add(line, field, reason);
    report();
  };
  const start = async (full: readonly Sent<T>[]): Promise<void> => {
    const sending: Promise<void> = send(full)
      .catch((error: unknown) => {
        failure ??= error;
      })
      .finally(() => inFlight.delete(sending));
    inFlight.add(sending);
    if (inFlight.size >= BATCHES_IN_FLIGHT) await Promise.race(inFlight);
  };

  for await (const { line, row } of reader.rows) {
    if (failure !== undefined) break;
    try {
      if (row instanceof RowFault) throw row;
      rows += 1;
      for (const item of maker.itemsOf(row)) {
        const kind = kindOfItem(item);
        madeByKind.set(kind, (madeByKind.get(kind) ?? 0) + 1);
        batch.push({ line, item });
      }
    } catch (error) {
      if (!(error instanceof RowFault)) throw error;
      await rejects.add(line, error.field, error.reason);
    }
    if (maker.isFull(batch)) {
      const full = batch;
      batch = [];
      await start(full);
    }
  }
  if (batch.length > 0 && failure === undefined) await start(batch);
  await Promise.all(inFlight);
  if (failure !== undefined) throw failure;
  report();
  return { rows, taken, repeated, rejected: rejects.rows, rejectsByKind: rejects.counts, madeByKind };
}
