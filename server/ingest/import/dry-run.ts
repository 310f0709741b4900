import { faultSentence, type Fault } from '@maplewall/shared/domain/fault.ts';
import type { SourceId } from '@maplewall/shared/domain/ids.ts';
import type { EpochMs } from '@maplewall/shared/domain/units.ts';
import type { Source } from '../../access/source-keys.ts';
import type { Clock } from '../../clock.ts';
import { checkPlaceAndTime, type Bounds } from '../checks.ts';
import { parseEvent } from '../events.ts';
import { FixRow } from '../fix-row.ts';
import { parsePositions } from '../positions-form.ts';
import { toFixFault } from '../positions.ts';
import { chooseRows } from './choose-rows.ts';
import type { Mapping } from './mapping-form.ts';
import { readRows } from './read-rows.ts';
import { kindOfFault } from './rejects.ts';
import { EventMaker, FixMaker, kindOfItem, type EventItem, type FixItem } from './row-to-records.ts';
import { RowFault, type Row } from './row-value.ts';

/** What a dry run shows: the first rows as understood, and every kind of fault with its count. */
export interface DryRun {
  /** Those that could be read. */
  readonly rows: number;
  readonly first: readonly { readonly line: number; readonly items: readonly unknown[] }[];
  readonly faults: ReadonlyMap<string, number>;
  /** Records without a fault, by kind. */
  readonly madeByKind: ReadonlyMap<string, number>;
}

const ROWS_SHOWN = 3;

/**
 * Reads the whole file as `runImport` would, and sends and writes nothing. What the gateway alone knows (the city's
 * bounds, who is on duty, the fix before) makes no fault here.
 */
export async function dryRun({
  file,
  mapping,
  clock,
}: {
  readonly file: string;
  readonly mapping: Mapping;
  readonly clock: Clock;
}): Promise<DryRun> {
  const judgedItemsOf = await judgeOf(file, mapping, clock);
  const faults = new Map<string, number>();
  const madeByKind = new Map<string, number>();
  const first: { line: number; items: readonly unknown[] }[] = [];
  const count = (map: Map<string, number>, name: string): void =>
    void map.set(name, (map.get(name) ?? 0) + 1);
  const reader = await readRows(file, mapping);
  let rows = 0;
  for await (const { line, row } of reader.rows) {
    try {
      if (row instanceof RowFault) throw row;
      rows += 1;
      const judged = judgedItemsOf(row);
      for (const { item, wrong } of judged)
        if (wrong === undefined) count(madeByKind, kindOfItem(item));
        else count(faults, kindOfFault(wrong.field, faultSentence(wrong, 'en')));
      if (first.length < ROWS_SHOWN) first.push({ line, items: judged.map(({ item }) => item) });
    } catch (error) {
      if (!(error instanceof RowFault)) throw error;
      count(faults, kindOfFault(error.field, error.reason));
    }
  }
  return { rows, first, faults, madeByKind };
}

interface Judged {
  readonly item: EventItem | FixItem;
  readonly wrong: Fault | undefined;
}

/** Makes the items of a row and has ingest itself look at each. */
async function judgeOf(
  file: string,
  mapping: Mapping,
  clock: Clock,
): Promise<(row: Row) => readonly Judged[]> {
  if (mapping.what === 'positions') {
    const fixes = new FixMaker(mapping);
    return (row) => {
      const item = fixes.fixOf(row);
      return [{ item, wrong: fixFault(item, clock.now()) }];
    };
  }
  const events = new EventMaker(mapping);
  const chosen = await chooseRows(file, mapping, events, () => undefined);
  return (row) =>
    events.eventsOf(row, chosen).map((item) => {
      const parsed = parseEvent(item, NOBODY, clock.now());
      return { item, wrong: parsed.ok ? undefined : parsed.fault };
    });
}

/** The source of what is never sent. */
const NOBODY: Source = { id: 'dry-run' as SourceId, mode: 'Test', autoCheckIn: false };

/** Where a city may lie. */
const WORLD: Bounds = [-180, -90, 180, 90];

function fixFault(fix: FixItem, now: EpochMs): Fault | undefined {
  const parsed = parsePositions({ fixes: [fix] });
  if (!parsed.ok) return parsed.fault;
  const row = new FixRow();
  const invalid = parsed.value.fixes.read(0, row);
  if (invalid !== undefined) return invalid;
  const code = checkPlaceAndTime(row.lng, row.lat, row.fixAtMs, now, WORLD);
  return code === undefined ? undefined : toFixFault(code, row);
}
