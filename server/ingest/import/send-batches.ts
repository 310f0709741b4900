import type { Mode } from '@maplewall/shared/domain/mode.ts';
import type { EventItem, FixItem } from './row-to-records.ts';

/** An item and the line of the file that it came from. */
export interface Sent<T> {
  readonly line: number;
  readonly item: T;
}

/** What became of one batch. */
export interface BatchAnswer {
  readonly taken: number;
  readonly repeated: number;
  readonly refused: readonly { readonly line: number; readonly field: string; readonly reason: string }[];
}

/** The gateway could not be reached, or does not accept the key: the import stops and can be started again. */
export class SendFault extends Error {}

interface Refusal {
  readonly index: number;
  readonly code: string;
  readonly field?: string;
  readonly reason?: string;
}

/**
 * The key of every batch of fixes. The gateway adds the minute and a hash of what the batch says of it (ING4), and that
 * tells records apart; a key for each batch would make all its minutes new where one row of it changed.
 */
const FIXES_KEY = 'import';

/** Sends batches to a gateway's ingest API. */
export class BatchSender {
  readonly #server: URL;
  readonly #key: string;
  readonly #mode: Mode | undefined;
  readonly #wait: (ms: number) => Promise<void>;

  constructor(options: {
    readonly server: URL;
    readonly key: string;
    readonly mode: Mode | undefined;
    readonly wait: (ms: number) => Promise<void>;
  }) {
    this.#server = options.server;
    this.#key = options.key;
    this.#mode = options.mode;
    this.#wait = options.wait;
  }

  /** @throws SendFault */
  async checkKey(): Promise<void> {
    await this.#ask('key', '/api/ingest/counters', { method: 'GET' });
  }

  /** @throws SendFault */
  async sendEvents(batch: readonly Sent<EventItem>[]): Promise<BatchAnswer> {
    const items = batch.map(({ item }) => (this.#mode === undefined ? item : { ...item, mode: this.#mode }));
    const answer = await this.#post('/api/ingest/events', JSON.stringify({ items }));
    const results = answer['results'] as readonly ({ readonly repeated: boolean } | Refusal)[];
    const refused = results.filter((result): result is Refusal => 'code' in result);
    const repeated = results.filter((result) => 'repeated' in result && result.repeated).length;
    return {
      taken: results.length - refused.length - repeated,
      repeated,
      refused: refused.map((refusal) => toLine(refusal, batch)),
    };
  }

  /** @throws SendFault */
  async sendFixes(batch: readonly Sent<FixItem>[]): Promise<BatchAnswer> {
    const fixes = batch.map(({ item }) => item);
    const content = JSON.stringify(fixes);
    const mode = this.#mode === undefined ? '' : `"mode":${JSON.stringify(this.#mode)},`;
    const answer = await this.#post(
      '/api/ingest/positions',
      `{"key":"${FIXES_KEY}",${mode}"fixes":${content}}`,
    );
    const refused = (answer['refused'] as readonly Refusal[]) ?? [];
    const repeated = refused.filter(({ code }) => code === 'ingest.position.repeated');
    return {
      taken: Number(answer['taken']),
      repeated: batch.length - Number(answer['taken']) - refused.length + repeated.length,
      refused: refused
        .filter(({ code }) => code !== 'ingest.position.repeated')
        .map((refusal) => toLine(refusal, batch)),
    };
  }

  #post(path: string, body: string): Promise<Record<string, unknown>> {
    return this.#ask('batch', path, { method: 'POST', body });
  }

  async #ask(
    what: 'key' | 'batch',
    path: string,
    request: { readonly method: 'GET' | 'POST'; readonly body?: string },
  ): Promise<Record<string, unknown>> {
    for (let attempt = 0; ; attempt += 1) {
      const response = await fetch(new URL(path, this.#server), {
        ...request,
        headers: { authorization: `Bearer ${this.#key}`, 'content-type': 'application/json' },
      }).catch((error: unknown) => (error instanceof Error ? error : new Error(String(error))));
      if (response instanceof Error || response.status >= 500 || response.status === 429) {
        if (attempt === 6) {
          const why = response instanceof Error ? response.message : `answer ${response.status}`;
          throw new SendFault(`The gateway at ${this.#server.origin} does not take the data (${why}).`);
        }
        await this.#wait(250 * 2 ** attempt);
        continue;
      }
      if (response.ok) return (await response.json()) as Record<string, unknown>;
      const text = await response.text();
      throw new SendFault(`The gateway refused the ${what}: ${response.status} ${text.slice(0, 500)}`);
    }
  }
}

const toLine = (refusal: Refusal, batch: readonly Sent<unknown>[]): BatchAnswer['refused'][number] => ({
  line: batch[refusal.index]?.line ?? 0,
  field: refusal.field ?? '',
  reason: refusal.reason ?? refusal.code,
});
