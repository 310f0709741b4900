import { epochMs, minuteNo, minuteOf, type MinuteNo } from '@maplewall/shared/domain/units.ts';
import type { ReadOnlyLog } from '../log/read-only-log.ts';
import type { CityAreas } from './city-areas.ts';
import { HourFold } from './hour-fold.ts';
import { PrecinctFold } from './precinct-fold.ts';
import { Sealer } from './sealer.ts';
import type { SegmentStore, StoredSegment } from './segment-store.ts';

/** Records of the last seconds of a minute are still on their way when it ends. */
const SETTLE_MS = 5_000;
/** A past day's minutes are left alone while its records come in. */
const QUIET_MS = 10_000;
const RECENT_MINUTES = 10;
const SEALED_PER_STEP = 25;
const INDEX_GROUPS_PER_STEP = 10;
const HOURS_QUIET_MS = 2_000;
/** Late events that keep coming do not put off the hours for longer than this. */
const HOURS_PATIENCE_MS = 30_000;
/** Events that came a little out of order may have been counted wrong; the count is put right this often, … */
const RECOUNT_MS = 3_600_000;
/** … or sooner where there are fewer: counting one takes some 15 microseconds, so this is a fortieth of the time at most. */
const RECOUNT_MS_PER_EVENT = 0.6;

/** What history does by itself, one short step at a time; it holds no timer and asks nobody for the time. */
export class HistoryKeeper {
  readonly #log: ReadOnlyLog;
  readonly #store: SegmentStore;
  readonly #sealer: Sealer;
  readonly #areas: CityAreas;
  #hours: HourFold | undefined;
  #precincts: PrecinctFold | undefined;
  #countedAt = 0;
  /** How many events the last count took. */
  #counted = 0;
  /** When the first and the last event came that the counts do not hold; at a start they hold none. */
  #late: { readonly first: number; readonly last: number } | undefined = { first: 0, last: 0 };

  constructor(log: ReadOnlyLog, store: SegmentStore, areas: CityAreas) {
    this.#log = log;
    this.#store = store;
    this.#areas = areas;
    this.#sealer = new Sealer(log, store);
    // The log is an older copy that was put back: what was made of records that are gone is made again.
    if (store.indexedSeq() > log.lastSeq()) store.forgetAll(log.lastSeq());
    store.final.learn(log.forgottenMinutes(), log.lastSeq());
  }

  /** Does a little of what is due; true when there is more to do at once. */
  step(now: number): boolean {
    const indexing = this.count(now);
    return this.#sealSome(now) || indexing;
  }

  /** The part of a step that indexes and counts, and seals nothing; true when there is more of it to do at once. */
  count(now: number): boolean {
    const indexing = this.#index(now);
    this.#recountIfDue(now);
    return indexing;
  }

  /** Seals a minute that somebody waits for. */
  sealNow(minute: MinuteNo, now: number): StoredSegment | undefined {
    while (this.#index(now));
    if (minute >= minuteOf(epochMs(now))) return undefined;
    const first = this.#store.firstMinute();
    if (first === undefined || minute < first || minute < this.#store.replayFrom.minute) return undefined;
    if (this.#store.final.has(minute)) return this.#store.segment(minute);
    let sealed: StoredSegment | undefined;
    this.#store.together(() => {
      sealed = this.#sealer.sealOne(minute);
    });
    return sealed;
  }

  #index(now: number): boolean {
    for (let group = 0; group < INDEX_GROUPS_PER_STEP; group += 1) {
      const records = this.#sealer.indexSome(now);
      if (records.length === 0) return false;
      // After a start there are no folds yet; they are made from all events, these among them.
      for (const record of records)
        if (record.type === 'event' && this.#hours?.take(record) === false)
          this.#late = { first: this.#late?.first ?? now, last: now };
    }
    return true;
  }

  #recountIfDue(now: number): void {
    const late = this.#late;
    const isDue =
      late !== undefined && (now - late.last >= HOURS_QUIET_MS || now - late.first >= HOURS_PATIENCE_MS);
    const recountMs = Math.min(RECOUNT_MS, this.#counted * RECOUNT_MS_PER_EVENT + HOURS_QUIET_MS);
    if (isDue || (this.#hours?.isDisordered === true && now - this.#countedAt >= recountMs)) {
      this.#late = undefined;
      this.#countedAt = now;
      this.#precincts = new PrecinctFold(this.#areas);
      this.#hours = new HourFold(this.#precincts);
      this.#counted = 0;
      let hour = 0;
      // What is not indexed yet will be taken when it is; counted here as well it would count twice.
      for (const record of this.#log.eventsByTime(this.#store.indexedSeq())) {
        const thisHour = Math.floor(record.at / 3_600_000);
        if (thisHour !== hour) this.#keepHours();
        hour = thisHour;
        this.#hours.take(record);
        this.#counted += 1;
      }
    }
    this.#keepHours();
    this.#keepPrecincts();
  }

  /** Only when all is counted: half of a day would look like a day. */
  #keepPrecincts(): void {
    const changed = this.#precincts?.changed();
    if (changed === undefined || changed.size === 0) return;
    this.#store.together(() => {
      for (const [day, counts] of changed) this.#store.setPrecinctDay(day, counts);
    });
  }

  #keepHours(): void {
    const changed = this.#hours?.changed();
    if (changed === undefined || changed.size === 0) return;
    this.#store.together(() => {
      for (const [hour, { counts, cells, incidents }] of changed) {
        this.#store.setHour(hour, counts);
        this.#store.setCells(hour, cells);
        this.#store.setIncidents(hour, incidents);
      }
    });
  }

  /** The minutes just past first, then the newest day that waits and is quiet. */
  #sealSome(now: number): boolean {
    const lastWhole = minuteNo(minuteOf(epochMs(now - SETTLE_MS)) - 1);
    const [recent] = this.#store.waiting(minuteNo(lastWhole + 1), now - SETTLE_MS / 2, 1);
    const [quiet] = this.#store.waiting(minuteNo(lastWhole + 1), now - QUIET_MS, 1);
    const next = recent !== undefined && recent > lastWhole - RECENT_MINUTES ? recent : quiet;
    if (next === undefined) return false;
    this.#store.together(() => this.#sealer.sealRun(next, lastWhole, SEALED_PER_STEP));
    return true;
  }
}
