import { setTimeout as wait } from 'node:timers/promises';
import { SOURCES, type SourceName } from '../life/records.ts';
import type { FixBatch } from './fix-batch.ts';

/** An error that trying again does not mend; its message is a sentence for the person. */
export class FeedFault extends Error {}

export type SourceKeys = Readonly<Record<SourceName, string>>;

/** Keys of the demo's sources from the environment. @throws FeedFault when one is lacking */
export function readSourceKeys(text: string | undefined): SourceKeys {
  let keys: unknown;
  try {
    keys = JSON.parse(text ?? '{}');
  } catch {
    throw new FeedFault('MAPLEWALL_SOURCE_KEYS is not valid JSON.');
  }
  const known = typeof keys === 'object' && keys !== null ? (keys as Record<string, unknown>) : {};
  const missing = SOURCES.filter((source) => typeof known[source] !== 'string');
  if (missing.length > 0) throw new FeedFault(`MAPLEWALL_SOURCE_KEYS lacks ${missing.join(', ')}.`);
  return known as SourceKeys;
}

const LONGEST_PAUSE_MS = 10_000;
const TIME_LIMIT_MS = 30_000;
/** What the gateway puts aside without being wrong: it has it already. */
const HARMLESS = ['ingest.position.repeated', 'late'];

interface Refusal {
  readonly code?: string;
  readonly field?: string;
  readonly reason?: string;
}
interface Answer {
  /** Of events. */
  readonly results?: readonly Refusal[];
  /** Of fixes. */
  readonly refused?: readonly Refusal[] | number;
  readonly counts?: Readonly<Record<string, number>>;
}

/**
 * The public ingest API. While the gateway is away, busy or full it tries again after growing pauses of uneven length, so
 * that many feeds do not come back at the same moment; keys make it harmless to send twice.
 */
export class IngestClient {
  /** How many were refused since the start, by code. */
  readonly refused = new Map<string, number>();
  readonly #url: string;
  readonly #keys: SourceKeys;
  readonly #stopped: AbortSignal;
  readonly #say: (line: string) => void;

  /** `say` hears of a gateway that does not answer, and of the first refusal of each kind. */
  constructor(options: {
    readonly url: string;
    readonly keys: SourceKeys;
    readonly stopped: AbortSignal;
    readonly say: (line: string) => void;
  }) {
    this.#url = options.url.replace(/\/$/, '');
    this.#keys = options.keys;
    this.#stopped = options.stopped;
    this.#say = options.say;
  }

  /** `items` are JSON texts. @throws when it is stopped, and FeedFault when the gateway will never take them */
  async sendEvents(source: SourceName, items: readonly string[]): Promise<void> {
    await this.#send('/api/ingest/events', source, `{"items":[${items.join(',')}]}`);
  }

  /** `key` names the batch, so that sending it again adds nothing. @throws as above */
  async sendFixes(batch: FixBatch, key?: string): Promise<void> {
    if (batch.count > 0) await this.#send('/api/ingest/positions', 'demo-positions', batch.toJson(key));
  }

  async #send(path: string, source: SourceName, body: string): Promise<void> {
    for (let attempt = 0; ; attempt += 1) {
      this.#stopped.throwIfAborted();
      const asked = await this.#ask(path, source, body);
      if (asked.kind === 'answered') {
        this.#count(asked.answer);
        return;
      }
      if (attempt === 1) this.#say(`the gateway does not answer (${asked.reason}); trying again`);
      const grown = Math.min(LONGEST_PAUSE_MS, 250 * 2 ** attempt) * (0.5 + Math.random() / 2);
      await wait(Math.max(asked.pauseMs, grown), undefined, { signal: this.#stopped });
    }
  }

  async #ask(
    path: string,
    source: SourceName,
    body: string,
  ): Promise<
    | { readonly kind: 'answered'; readonly answer: Answer }
    | { readonly kind: 'later'; readonly pauseMs: number; readonly reason: string }
  > {
    let response: Response;
    let text: string;
    try {
      response = await fetch(this.#url + path, {
        method: 'POST',
        headers: { authorization: `Bearer ${this.#keys[source]}`, 'content-type': 'application/json' },
        body,
        signal: AbortSignal.any([this.#stopped, AbortSignal.timeout(TIME_LIMIT_MS)]),
      });
      text = await response.text();
    } catch (error) {
      this.#stopped.throwIfAborted();
      const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
      return { kind: 'later', pauseMs: 0, reason: cause instanceof Error ? cause.message : String(cause) };
    }
    if (response.ok) return { kind: 'answered', answer: JSON.parse(text) as Answer };
    if (response.status === 429 || response.status >= 500) {
      const seconds = Number(response.headers.get('retry-after'));
      const pauseMs = Number.isFinite(seconds) ? Math.min(60, seconds) * 1_000 : 0;
      return { kind: 'later', pauseMs, reason: `status ${response.status}` };
    }
    throw new FeedFault(`The gateway refused ${path} of ${source}: ${response.status} ${text.slice(0, 300)}`);
  }

  /** The demo sends nothing wrong on purpose but repetitions: a refusal is a fault, and is named. */
  #count({ results = [], refused = [], counts = {} }: Answer): void {
    for (const { code, field = '', reason = '' } of [
      ...results,
      ...(Array.isArray(refused) ? refused : []),
    ]) {
      if (code === undefined || HARMLESS.includes(code)) continue;
      if (!this.refused.has(code)) this.#say(`refused: ${code} ${field} ${reason}`);
      if (counts[code] === undefined) this.refused.set(code, (this.refused.get(code) ?? 0) + 1);
    }
    for (const [code, count] of Object.entries(counts))
      if (!HARMLESS.includes(code)) this.refused.set(code, (this.refused.get(code) ?? 0) + count);
  }
}
