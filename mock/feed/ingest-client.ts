import { setTimeout as wait } from 'node:timers/promises';
import type { FixBatch } from '../life/fixes.ts';
import { SOURCES, type LifeEvent, type SourceName } from '../life/records.ts';

/** Keys of the demo's sources. @throws when the environment lacks one */
export function readKeys(text: string | undefined): Readonly<Record<SourceName, string>> {
  const keys = JSON.parse(text ?? '{}') as Partial<Record<SourceName, string>>;
  const missing = SOURCES.filter((source) => keys[source] === undefined);
  if (missing.length > 0) throw new Error(`MAPLEWALL_SOURCE_KEYS lacks ${missing.join(', ')}`);
  return keys as Readonly<Record<SourceName, string>>;
}

/** Sends through the public ingest API, and again with growing pauses while the gateway is away. */
export class IngestClient {
  readonly #url: string;
  readonly #keys: Readonly<Record<SourceName, string>>;
  readonly #stopped: AbortSignal;
  readonly #said = new Set<string>();

  constructor(url: string, keys: Readonly<Record<SourceName, string>>, stopped: AbortSignal) {
    this.#url = url;
    this.#keys = keys;
    this.#stopped = stopped;
  }

  /** Sends events, each with the key of its source. */
  async sendEvents(events: readonly LifeEvent[]): Promise<void> {
    for (const source of SOURCES) {
      const items = events
        .filter((event) => event.source === source)
        .map(({ key, at, event }) => ({ key, at, event }));
      if (items.length > 0) await this.#post('/api/ingest/events', source, JSON.stringify({ items }));
    }
  }

  /** @param key names the batch, so that sending it again adds nothing; without it a late answer may mean two sendings */
  async sendFixes(batch: FixBatch, key?: string): Promise<void> {
    if (batch.who.length === 0) return;
    await this.#post(
      '/api/ingest/positions',
      'demo-positions',
      JSON.stringify(key === undefined ? batch : { key, ...batch }),
    );
  }

  /** The demo knows no wrong data: what is refused is a fault of the demo, and is said once a kind. */
  #noteRefusals(path: string, text: string): void {
    for (const [, code = ''] of text.matchAll(/"code":"([\w.]+)"/g)) {
      // Repeats are sent on purpose, and a phone may speak in the moment of its owner's check-out.
      if (code === 'ingest.position.repeated' || code === 'ingest.position.notOnDuty' || this.#said.has(code))
        continue;
      this.#said.add(code);
      console.error(
        `demo: ${path} refused an item: ${text.slice(Math.max(0, text.indexOf(code) - 60), text.indexOf(code) + 200)}`,
      );
    }
  }

  async #post(path: string, source: SourceName, body: string): Promise<void> {
    for (let attempt = 0; !this.#stopped.aborted; attempt += 1) {
      const answer = await fetch(`${this.#url}${path}`, {
        method: 'POST',
        headers: { authorization: `Bearer ${this.#keys[source]}`, 'content-type': 'application/json' },
        body,
        signal: this.#stopped,
      }).catch(() => undefined);
      if (answer !== undefined) {
        const text = await answer.text().catch(() => '');
        if (answer.ok) {
          this.#noteRefusals(path, text);
          return;
        }
        if (answer.status < 500 && answer.status !== 429)
          throw new Error(`${path} was refused: ${answer.status} ${text.slice(0, 300)}`);
      }
      const pause = Math.min(30_000, 250 * 2 ** attempt) * (0.5 + Math.random());
      await wait(pause, undefined, { signal: this.#stopped }).catch(() => undefined);
    }
  }
}
