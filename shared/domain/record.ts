import type { CityEvent } from './event.ts';
import type { SourceId } from './ids.ts';
import type { Mode } from './mode.ts';
import type { FixColumns } from './position.ts';
import type { EpochMs, Seq } from './units.ts';

interface RecordHead {
  /** Its place in the log: the order that decides every race. */
  readonly seq: Seq;
  /** When it happened, said by the source. For positions: the oldest fix of the group. */
  readonly at: EpochMs;
  /** When it reached us. */
  readonly receivedAt: EpochMs;
  readonly source: SourceId;
  readonly mode: Mode;
  /** The source's own id. The same key from the same source is one record, however often it is sent. '' for positions without one. */
  readonly key: string;
}

export interface EventRecord extends RecordHead {
  readonly type: 'event';
  readonly event: CityEvent;
}

/** A group of fixes that were measured in the same minute (`minuteOf(fixAt)` is equal for all). */
export interface PositionsRecord extends RecordHead {
  readonly type: 'positions';
  readonly fixes: FixColumns;
}

/** All that the log holds. */
export type LogRecord = EventRecord | PositionsRecord;

/** A record that has no place in the log yet. */
export type EventDraft = Omit<EventRecord, 'seq'>;
export type PositionsDraft = Omit<PositionsRecord, 'seq'>;
export type RecordDraft = EventDraft | PositionsDraft;
