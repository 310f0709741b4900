import { fail, ok, type Result } from '@maplewall/shared/domain/fault.ts';
import { epochMs, minuteOf, type EpochMs } from '@maplewall/shared/domain/units.ts';
import { LEAST_OBSERVED } from '@maplewall/shared/rules/conduct.ts';
import { LONGEST_SECONDS } from '@maplewall/shared/rules/what-if.ts';
import type { WhatIfAnswer } from '@maplewall/shared/wire/what-if.ts';
import type { Clock } from '../clock.ts';
import type { History } from '../history/history.ts';
import { Backlog } from './backlog.ts';
import type { Askable } from './candidates.ts';
import type { Outcome } from './outcomes.ts';
import type { AskedMoment, Questions } from './reach-messages.ts';
import type { Asked, WhatIfPolicy } from './work-out-what-if.ts';

type WhatIfTopic = 'outcomes' | 'askables' | 'whatIf';

export interface WhatIfParts {
  readonly history: Pick<History, 'versions'>;
  readonly clock: Clock;
  readonly past: (at: EpochMs) => Promise<Result<Extract<AskedMoment, { kind: 'past' }>>>;
  readonly ask: <T extends WhatIfTopic>(
    topic: T,
    ask: Questions[T]['ask'],
  ) => Promise<Result<Questions[T]['answer']>>;
  readonly onError: (error: unknown) => void;
}

/** Longer ranges are many questions in one; a day is the longest that a screen shows. */
export const MOST_HOURS = 24;
/** Who could be asked is looked up in some 20 ms each, and all of them are drawn in some milliseconds each. */
const MOST_INCIDENTS = 1_000;
/** So many incidents of the day before the range tell of paces as well: an hour alone has few trips. */
const MOST_EARLIER = 150;
const DAY_MS = 86_400_000;
/** Incidents whose candidates are kept: a few days' and some 40 MB. */
const MOST_KEPT = 10_000;

interface Kept {
  readonly version: string;
  readonly askables: readonly Askable[];
}

/**
 * Questions of what would have been. Who could be asked about each incident is looked up once, one incident after the other,
 * and kept; another policy for the same range is then answered at once.
 */
export class WhatIfDesk {
  readonly #parts: WhatIfParts;
  readonly #kept = new Map<string, Kept>();
  readonly #waiting: Backlog<Outcome>;

  constructor(parts: WhatIfParts) {
    this.#parts = parts;
    this.#waiting = new Backlog((outcome) => this.#look(outcome), parts.onError);
  }

  async answer(from: EpochMs, to: EpochMs, policy: WhatIfPolicy): Promise<Result<WhatIfAnswer>> {
    if (to <= from || to - from > MOST_HOURS * 3_600_000)
      return fail('range.invalid', 'to', { hours: MOST_HOURS });
    const { ask, clock, history } = this.#parts;
    // What came in just now may still end this way or that.
    const decided = Math.min(to, clock.now() - LONGEST_SECONDS * 1_000);
    const outcomes = await ask('outcomes', { from, to: epochMs(Math.max(from, decided)) });
    if (!outcomes.ok) return outcomes;
    if (outcomes.value.length > MOST_INCIDENTS)
      return fail('whatIf.tooManyIncidents', 'to', { most: MOST_INCIDENTS });
    const before = await ask('outcomes', { from: epochMs(from - DAY_MS), to: from });
    if (!before.ok) return before;
    const earlier = before.value.slice(-MOST_EARLIER);
    const versions = history.versions(epochMs(from - DAY_MS - 60_000), epochMs(to + 60_000));
    const isDue = (outcome: Outcome): boolean => {
      const kept = this.#kept.get(keyOf(outcome));
      const version = versions.get(minuteOf(momentBefore(outcome)));
      return kept === undefined || (version !== undefined && version !== kept.version);
    };
    const all = [...outcomes.value, ...earlier];
    this.#waiting.begin(`${from} ${to}`, all.filter(isDue));
    const known = { asked: this.#known(outcomes.value), earlier: this.#known(earlier) };
    const found = await ask('whatIf', { ...known, to, policy });
    if (!found.ok) return found;
    if (found.value === undefined) return fail('whatIf.tooFewOffers', '', { least: LEAST_OBSERVED });
    const waiting = all.length - known.asked.length - known.earlier.length;
    return ok({ ...found.value, from, to, waiting });
  }

  #known(outcomes: readonly Outcome[]): readonly Asked[] {
    return outcomes.flatMap((outcome) => {
      const kept = this.#kept.get(keyOf(outcome));
      return kept === undefined ? [] : [{ outcome, askables: kept.askables }];
    });
  }

  /** Leaves what waits; resolves when nothing is being looked up any more. */
  stop(): Promise<void> {
    return this.#waiting.stop();
  }

  async #look(outcome: Outcome): Promise<'goOn' | 'leaveOff'> {
    const { past, ask } = this.#parts;
    const moment = await past(momentBefore(outcome));
    const { incidentId, lng, lat } = outcome;
    const found = moment.ok ? await ask('askables', { moment: moment.value, incidentId, lng, lat }) : moment;
    if (moment.ok && found.ok) this.#keep(outcome, { version: moment.value.version, askables: found.value });
    // Before the first minute of history nobody was there.
    else if (!found.ok && found.fault.code === 'history.minute.notYet')
      this.#keep(outcome, { version: '', askables: [] });
    return !found.ok && found.fault.code === 'server.unavailable' ? 'leaveOff' : 'goOn';
  }

  #keep(outcome: Outcome, kept: Kept): void {
    this.#kept.set(keyOf(outcome), kept);
    for (const oldest of this.#kept.keys()) {
      if (this.#kept.size <= MOST_KEPT) return;
      this.#kept.delete(oldest);
    }
  }
}

const keyOf = ({ incidentId, receivedAt }: Outcome): string => `${incidentId} ${receivedAt}`;

/** A second before it came in: with it, those nearest were asked, and are free no more. */
const momentBefore = ({ receivedAt }: Outcome): EpochMs => epochMs(receivedAt - 1_000);
