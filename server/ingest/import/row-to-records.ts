import { eventSchemas, type EventKind } from '@maplewall/shared/domain/event.ts';
import { parserOf, type Parsed } from '@maplewall/shared/domain/schema.ts';
import { FIGURES, type EventMapping, type PositionMapping } from './mapping-form.ts';
import { coordinateReader, fieldValue, fill, RowFault, timeReader, type Row } from './row-value.ts';

/** What `POST /api/ingest/events` takes, one item. */
export interface EventItem {
  readonly key: string;
  readonly at: number;
  readonly event: Readonly<Record<string, string | number>>;
}

/** What `POST /api/ingest/positions` takes, one fix. */
export interface FixItem {
  readonly responderId: string;
  readonly lng: number;
  readonly lat: number;
  readonly fixAt: number;
  readonly [optional: string]: string | number;
}

/**
 * Which moment counts for a key of which several rows speak; see `choose` in a mapping. A key is taken out when its
 * record is made, so that two rows of the same moment make one.
 */
export type Chosen = Map<string, number>;

const parsers = new Map<EventKind, (value: unknown) => Parsed<unknown>>(
  Object.entries(eventSchemas).map(([kind, schema]) => [kind as EventKind, parserOf(schema)]),
);

/** Makes the events of a row. A record whose time is empty in this row did not happen. */
export class EventMaker {
  readonly #mapping: EventMapping;
  readonly #timeOf: (text: string, field: string) => number;
  readonly #coordinatesOf: (row: Row) => { lng: number; lat: number };

  constructor(mapping: EventMapping) {
    this.#mapping = mapping;
    this.#timeOf = timeReader(mapping.time);
    this.#coordinatesOf = coordinateReader(mapping);
  }

  /** True when the file must be read once before, to learn which row of a key counts. */
  get needsChoosing(): boolean {
    return this.#mapping.records.some(({ choose }) => choose === 'earliest' || choose === 'latest');
  }

  /** First reading: remembers the moment that counts of each key. Rows that cannot be read are left to the second. */
  chooseFrom(row: Row, chosen: Chosen): void {
    for (const record of this.#mapping.records) {
      if (record.choose !== 'earliest' && record.choose !== 'latest') continue;
      try {
        const text = fill(record.at, row);
        if (text === '') continue;
        const at = this.#timeOf(text, record.at);
        const key = fill(record.key, row);
        const known = chosen.get(key);
        const better = known === undefined || (record.choose === 'earliest' ? at < known : at > known);
        if (better) chosen.set(key, at);
      } catch (error) {
        if (!(error instanceof RowFault)) throw error;
      }
    }
  }

  /**
   * Second reading: the row's events.
   * @throws RowFault when a field cannot be understood; then nothing of the row is taken
   */
  eventsOf(row: Row, chosen: Chosen): readonly EventItem[] {
    const items: EventItem[] = [];
    const made: string[] = [];
    let coordinates: { lng: number; lat: number } | undefined;
    const coordinatesOnce = () => (coordinates ??= this.#coordinatesOf(row));
    for (const record of this.#mapping.records) {
      const text = fill(record.at, row);
      if (text === '') continue;
      const at = this.#timeOf(text, record.at);
      const key = fill(record.key, row);
      if (record.choose === 'earliest' || record.choose === 'latest') {
        if (chosen.get(key) !== at) continue;
        made.push(key);
      }
      const event: Record<string, string | number> = { kind: record.kind };
      for (const [field, value] of Object.entries(record.fields)) {
        const filled = fieldValue(field, value, row, this.#mapping, coordinatesOnce);
        if (filled !== '') event[field] = filled;
      }
      const parsed = parsers.get(record.kind)?.(event);
      if (parsed !== undefined && !parsed.ok) {
        const first = parsed.faults[0];
        throw new RowFault(
          `${record.kind} ${first?.field ?? ''}`.trim(),
          String(first?.values['reason'] ?? 'not valid'),
        );
      }
      items.push({ key, at, event });
    }
    for (const key of made) chosen.delete(key);
    return items;
  }
}

/** Makes the fix of a row. */
export class FixMaker {
  readonly #mapping: PositionMapping;
  readonly #timeOf: (text: string, field: string) => number;
  readonly #coordinatesOf: (row: Row) => { lng: number; lat: number };

  constructor(mapping: PositionMapping) {
    this.#mapping = mapping;
    this.#timeOf = timeReader(mapping.time);
    this.#coordinatesOf = coordinateReader(mapping);
  }

  /** @throws RowFault when a field cannot be understood */
  fixOf(row: Row): FixItem {
    const mapping = this.#mapping;
    const responderId = fill(mapping.responderId, row);
    if (responderId === '') throw new RowFault(mapping.responderId, 'is empty');
    const { lng, lat } = this.#coordinatesOf(row);
    const fix: Record<string, string | number> = {};
    for (const field of FIGURES) {
      const value = mapping[field];
      if (value === undefined) continue;
      const made = fieldValue(field, value, row, mapping, () => ({ lng, lat }));
      // Devices write what they do not know as an empty cell or below zero.
      if (typeof made === 'number' && made >= 0) fix[field] = made;
    }
    return { ...fix, responderId, lng, lat, fixAt: this.#timeOf(fill(mapping.fixAt, row), mapping.fixAt) };
  }
}

/** The name under which an item is counted. */
export function kindOfItem(item: EventItem | FixItem): string {
  if (!isEvent(item)) return 'fix';
  const { kind, stage } = item.event;
  return [kind, stage].filter((word) => word !== undefined).join(' ');
}

const isEvent = (item: EventItem | FixItem): item is EventItem => 'event' in item;
