import { fail, fault, ok, type Fault, type Result } from '@maplewall/shared/domain/fault.ts';
import type { ResponderId, SourceId } from '@maplewall/shared/domain/ids.ts';
import type { Fix } from '@maplewall/shared/domain/position.ts';
import type { EventDraft } from '@maplewall/shared/domain/record.ts';
import type { Responder } from '@maplewall/shared/domain/responder.ts';
import type { Source } from '../access/source-keys.ts';
import type { Clock } from '../clock.ts';
import type { Log } from '../log/log.ts';
import type { Bounds } from './checks.ts';
import { Counters, type CounterName } from './counters.ts';
import { Duty } from './duty.ts';
import {
  parseEvent,
  parseEvents,
  toRefusedEvent,
  type EventsAnswer,
  type RefusedEvent,
  type TakenEvent,
} from './events.ts';
import { FixRow } from './fix-row.ts';
import { LogUnavailable } from './log-unavailable.ts';
import { PositionWriter } from './position-writer.ts';
import { parsePositions } from './positions-form.ts';
import { Positions, type PositionsAnswer } from './positions.ts';
import { ReportingSources } from './reporting-sources.ts';
import { ResponderTable } from './responder-table.ts';
import { SparingLogger, type IngestLogger } from './sparing-logger.ts';

/**
 * The only door: parse → check → append → answer, item by item. Rules ING1–ING13 are in docs/spec/ingest.md. Answers come when
 * what was taken is on disk; where the log cannot be written, the fault is `server.unavailable` and nothing is taken.
 */
export interface Ingest {
  /** `body` is what JSON.parse made of a request; see `eventsBodySchema`. */
  takeEvents(source: Source, body: unknown): Promise<Result<EventsAnswer>>;
  /** See `positionsBodySchema`. */
  takePositions(source: Source, body: unknown): Promise<Result<PositionsAnswer>>;
  /** One fix of a phone; undefined when it was taken. */
  takeFix(source: Source, fix: Fix, callSign: string): Promise<Fault | undefined>;
  readonly counters: Counters;
  readonly clock: Clock;
  count(source: SourceId, name: CounterName): void;
  /** Writes what waits. */
  close(): Promise<void>;
}

export interface LastFix {
  readonly responderId: ResponderId;
  readonly lngE5: number;
  readonly latE5: number;
  /** Since 1970. */
  readonly seconds: number;
}

export function makeIngest(options: {
  readonly log: Log;
  readonly clock: Clock;
  /** West, south, east, north of the city. */
  readonly bounds: Bounds;
  readonly logger: IngestLogger;
  /** Who is on duty when the gateway starts. */
  readonly onDuty: Iterable<ResponderId>;
  /** Where everybody was seen last, as the log says: who was faster than anybody goes is told by it. */
  readonly lastFixes?: Iterable<LastFix>;
  /** Which sources have ages of their own, and who reported through one of them last. */
  readonly ageing?: {
    readonly sources: readonly SourceId[];
    readonly responders: Iterable<Pick<Responder, 'id' | 'reportsThrough'>>;
  };
}): Ingest {
  const { log, clock, bounds } = options;
  const logger = new SparingLogger(options.logger, clock);
  const table = new ResponderTable();
  for (const { responderId, lngE5, latE5, seconds } of options.lastFixes ?? [])
    table.take(table.findOrAdd(responderId), lngE5, latE5, seconds);
  const counters = new Counters();
  const duty = new Duty(log, clock, table, options.onDuty);
  const writer = new PositionWriter(log, clock, (unit, error) => {
    for (const group of unit.groups.values()) group.forEach((place, seconds) => table.untake(place, seconds));
    logger.log('error', { error, source: unit.source, fixes: unit.count }, 'positions could not be written');
  });
  const reporting = new ReportingSources(log, clock, table, options.ageing?.sources ?? []);
  for (const { id, reportsThrough } of options.ageing?.responders ?? []) reporting.know(id, reportsThrough);
  const positions = new Positions({ clock, bounds, table, duty, reporting, writer, counters });

  async function appendEvents(
    drafts: readonly EventDraft[],
    source: Source,
  ): Promise<readonly TakenEvent[] | undefined> {
    try {
      const appended = await log.append(drafts);
      for (const [index, { event }] of drafts.entries())
        if (appended[index]?.repeated === false) {
          reporting.apply(event);
          duty.apply(event);
        }
      return appended;
    } catch (error) {
      logger.log('error', { error, source: source.id, events: drafts.length }, 'events could not be written');
      return undefined;
    }
  }

  async function takeEvents(source: Source, body: unknown): Promise<Result<EventsAnswer>> {
    const parsed = parseEvents(body);
    if (!parsed.ok) {
      counters.add(source.id, parsed.fault.code);
      return parsed;
    }
    const now = clock.now();
    const drafts: EventDraft[] = [];
    const results = parsed.value.map((item, index): RefusedEvent | undefined => {
      const event = parseEvent(item, source, now);
      if (event.ok) {
        drafts.push(event.value);
        return undefined;
      }
      counters.add(source.id, event.fault.code);
      return toRefusedEvent(index, event.fault);
    });
    const appended = await appendEvents(drafts, source);
    if (appended === undefined) return fail('server.unavailable');
    const repeated = appended.filter((taken) => taken.repeated).length;
    if (appended.length > repeated) counters.add(source.id, 'events.taken', appended.length - repeated);
    if (repeated > 0) counters.add(source.id, 'events.repeated', repeated);
    let next = 0;
    return ok({
      results: results.map((refused) => refused ?? toTaken(appended[next++])),
      taken: appended.length,
      refused: results.length - appended.length,
    });
  }

  async function takePositions(source: Source, body: unknown): Promise<Result<PositionsAnswer>> {
    const parsed = parsePositions(body);
    if (!parsed.ok) {
      counters.add(source.id, parsed.fault.code);
      return parsed;
    }
    try {
      return ok(await positions.take(source, parsed.value));
    } catch (error) {
      return unavailable(error);
    }
  }

  async function takeFix(source: Source, fix: Fix, callSign: string): Promise<Fault | undefined> {
    const row = new FixRow();
    row.set(fix);
    try {
      const code = await positions.takeFix(source, row, callSign);
      return code === undefined ? undefined : fault(code);
    } catch (error) {
      return unavailable(error).fault;
    }
  }

  return {
    takeEvents,
    takePositions,
    takeFix,
    counters,
    clock,
    count: (source, name) => counters.add(source, name),
    close: () => writer.close(),
  };
}

function unavailable(error: unknown): { readonly ok: false; readonly fault: Fault } {
  if (error instanceof LogUnavailable) return fail('server.unavailable');
  throw error;
}

const toTaken = (taken: TakenEvent | undefined): TakenEvent => {
  if (taken === undefined) throw new Error('the log answered for fewer drafts than it was given');
  return { seq: taken.seq, repeated: taken.repeated };
};
