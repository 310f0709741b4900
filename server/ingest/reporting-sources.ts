import type { CityEvent } from '@maplewall/shared/domain/event.ts';
import type { ResponderId, SourceId } from '@maplewall/shared/domain/ids.ts';
import type { Mode } from '@maplewall/shared/domain/mode.ts';
import type { EventDraft } from '@maplewall/shared/domain/record.ts';
import type { Clock } from '../clock.ts';
import type { Log } from '../log/log.ts';
import { LogUnavailable } from './log-unavailable.ts';
import { ON_DUTY, type ResponderTable } from './responder-table.ts';

/** The newest fix of somebody came through another source than the one before. */
export interface Turn {
  readonly responderId: string;
  readonly place: number;
  readonly fixAtSeconds: number;
}

/** `through` of somebody of whom the log has to be told anew. */
const UNTOLD = 255;

/**
 * ING13: through which source the fixes of somebody come, where sources have ages of their own. The log is told when
 * that changes and not with each fix, so that whoever reads it, or a frame, knows how old a fix may become.
 */
export class ReportingSources {
  readonly #log: Log;
  readonly #clock: Clock;
  readonly #table: ResponderTable;
  readonly #sources: readonly SourceId[];

  /** @param sources those with ages of their own, 254 at most */
  constructor(log: Log, clock: Clock, table: ResponderTable, sources: readonly SourceId[]) {
    this.#log = log;
    this.#clock = clock;
    this.#table = table;
    this.#sources = sources;
  }

  /** What the log says of somebody already. */
  know(responderId: string, source: SourceId | ''): void {
    this.#set(responderId, this.#numberOf(source));
  }

  /**
   * To be told of every event before `Duty` is: who comes on duty reports through nothing that is known, like in the fold.
   */
  apply(event: CityEvent): void {
    if (event.kind === 'responder.reportsThrough')
      this.#set(event.responderId, this.#numberOf(event.source ?? ''));
    else if (event.kind === 'responder.checkedIn') {
      const place = this.#table.findOrAdd(event.responderId);
      if (this.#table.duty[place] !== ON_DUTY) this.#table.through[place] = 0;
    }
  }

  /** Whether this source is another one than before; asked of fixes that are the newest of somebody on duty. */
  isTurn(place: number, source: SourceId): boolean {
    const number = this.#numberOf(source);
    if (this.#table.through[place] === number) return false;
    this.#table.through[place] = number;
    return true;
  }

  /** Nothing where nobody turned. A caller that fails meanwhile need not wait for it. @throws LogUnavailable */
  write(source: SourceId, mode: Mode, turns: readonly Turn[]): Promise<void> {
    const written = turns.length === 0 ? Promise.resolve() : this.#append(source, mode, turns);
    written.catch(() => undefined);
    return written;
  }

  async #append(source: SourceId, mode: Mode, turns: readonly Turn[]): Promise<void> {
    const receivedAt = this.#clock.now();
    const own = this.#numberOf(source) === 0 ? {} : { source };
    const drafts = turns.map(({ responderId, fixAtSeconds }): EventDraft => {
      return {
        type: 'event',
        // Not when the fix was measured: that may be before the check-in, and then it would say nothing (FLD1).
        at: receivedAt,
        receivedAt,
        source,
        mode,
        key: `through/${responderId}/${fixAtSeconds}`,
        event: { kind: 'responder.reportsThrough', responderId: responderId as ResponderId, ...own },
      };
    });
    try {
      await this.#log.append(drafts);
    } catch (error) {
      for (const { place } of turns) this.#table.through[place] = UNTOLD;
      throw new LogUnavailable(error);
    }
  }

  #set(responderId: string, number: number): void {
    // The place first: finding it may replace the column by a longer one.
    const place = this.#table.findOrAdd(responderId);
    this.#table.through[place] = number;
  }

  /** 0 for every source that ages like its kinds. */
  #numberOf(source: SourceId | ''): number {
    return this.#sources.indexOf(source as SourceId) + 1;
  }
}
