import type { CityEvent } from '@maplewall/shared/domain/event.ts';
import type { ResponderId } from '@maplewall/shared/domain/ids.ts';
import type { Mode } from '@maplewall/shared/domain/mode.ts';
import type { EventDraft } from '@maplewall/shared/domain/record.ts';
import { epochMs } from '@maplewall/shared/domain/units.ts';
import type { Source } from '../access/source-keys.ts';
import type { Clock } from '../clock.ts';
import type { Appended, Log } from '../log/log.ts';
import { LogUnavailable } from './log-unavailable.ts';
import { OFF_DUTY, ON_DUTY, UNKNOWN_DUTY, type ResponderTable } from './responder-table.ts';

/** Somebody unknown whose first fix arrived. */
export interface Newcomer {
  readonly responderId: string;
  readonly callSign: string;
  readonly fixAtMs: number;
}

/** Who is on duty, as the events say that went through this door. */
export class Duty {
  readonly #log: Log;
  readonly #clock: Clock;
  readonly #table: ResponderTable;
  /** Newcomers whose check-in is being written. */
  readonly #checkingIn = new Map<string, Promise<void>>();

  constructor(log: Log, clock: Clock, table: ResponderTable, onDuty: Iterable<ResponderId>) {
    this.#log = log;
    this.#clock = clock;
    this.#table = table;
    for (const responderId of onDuty) this.#set(responderId, ON_DUTY);
  }

  /** To be told of every event that went into the log, in its order. */
  apply(event: CityEvent): void {
    if (event.kind === 'responder.checkedIn') this.#set(event.responderId, ON_DUTY);
    else if (event.kind === 'responder.checkedOut') this.#set(event.responderId, OFF_DUTY);
  }

  /**
   * ING10: checks newcomers in. The key of such an event names the responder alone, so that it happens once: who was
   * checked in this way and was checked out since stays off duty, whatever the phone goes on to send, until an event
   * checks them in again.
   */
  async checkIn(source: Source, mode: Mode, newcomers: readonly Newcomer[]): Promise<void> {
    const waits = new Set<Promise<void>>();
    const mine = newcomers.filter(({ responderId }) => {
      const running = this.#checkingIn.get(responderId);
      if (running !== undefined) waits.add(running);
      const place = this.#table.findOrAdd(responderId);
      return running === undefined && this.#table.duty[place] === UNKNOWN_DUTY;
    });
    if (mine.length > 0) {
      const written = this.#write(source, mode, mine);
      for (const { responderId } of mine) this.#checkingIn.set(responderId, written);
      waits.add(
        written.finally(() => {
          for (const { responderId } of mine) this.#checkingIn.delete(responderId);
        }),
      );
    }
    await Promise.all(waits);
  }

  async #write(source: Source, mode: Mode, newcomers: readonly Newcomer[]): Promise<void> {
    const receivedAt = this.#clock.now();
    const drafts = newcomers.map(({ responderId, callSign, fixAtMs }): EventDraft => {
      return {
        type: 'event',
        // The beginning of the minute, so that it stands before the record of that minute's fixes.
        at: epochMs(Math.floor(fixAtMs / 60_000) * 60_000),
        receivedAt,
        source: source.id,
        mode,
        key: `check-in/${responderId}`,
        event: {
          kind: 'responder.checkedIn',
          responderId: responderId as ResponderId,
          responderKind: 'volunteer',
          callSign: Array.from(callSign).slice(0, 40).join(''),
        },
      };
    });
    // Nothing else is awaited: what somebody else wrote later is applied later, too.
    let appended: readonly Appended[];
    try {
      appended = await this.#log.append(drafts);
    } catch (error) {
      throw new LogUnavailable(error);
    }
    for (const [index, { responderId }] of newcomers.entries())
      if (appended[index]?.repeated !== true) this.#set(responderId, ON_DUTY);
      // An event may have said something newer while this was being asked.
      else if (this.#table.duty[this.#table.findOrAdd(responderId)] === UNKNOWN_DUTY)
        this.#set(responderId, OFF_DUTY);
  }

  #set(responderId: string, duty: number): void {
    // The place first: finding it may replace the column by a longer one.
    const place = this.#table.findOrAdd(responderId);
    this.#table.duty[place] = duty;
  }
}
