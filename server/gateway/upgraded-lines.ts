import type { Server } from 'node:http';
import type { Duplex } from 'node:stream';

/** A viewer is told that the gateway closes, and given so long to answer. */
const FAREWELL_MS = 500;

/** The lines of viewers below their WebSockets, which the HTTP server counts no more and yet waits for. */
export class UpgradedLines {
  readonly #lines = new Set<Duplex>();

  constructor(http: Server) {
    http.on('upgrade', (_, line: Duplex) => {
      this.#lines.add(line);
      line.once('close', () => this.#lines.delete(line));
    });
  }

  /** Waits until all are closed; those that are not in time, because nobody is there any more, are cut. */
  async end(): Promise<void> {
    const closed = [...this.#lines].map(
      (line) => new Promise<void>((resolve) => line.once('close', resolve)),
    );
    let timer: NodeJS.Timeout | undefined;
    const impatient = new Promise<void>((resolve) => {
      timer = setTimeout(resolve, FAREWELL_MS);
    });
    await Promise.race([Promise.all(closed), impatient]);
    clearTimeout(timer);
    for (const line of this.#lines) line.destroy();
  }
}
