import { gunzipSync } from 'node:zlib';

/** A replay that was taken along, read as its player reads it (docs/spec/export.md). */
export class PageFile {
  readonly #answers = new Map<string, Uint8Array>();

  constructor(html: string) {
    const elements = html.matchAll(
      /<script type="text\/plain" data-answer="([^"]*)"([^>]*)>([^<]*)<\/script>/g,
    );
    for (const [, address = '', words = '', body = ''] of elements) {
      const bytes = Buffer.from(body, 'base64');
      this.#answers.set(
        address.replaceAll('&amp;', '&'),
        words.includes('data-packed') ? gunzipSync(bytes) : bytes,
      );
    }
  }

  /** What the file has of an address, in whatever version it is asked for. @throws where it has nothing */
  get(address: string): Uint8Array {
    const found = this.#answers.get(address.replace(/\?version=.*/, ''));
    if (found === undefined) throw new Error(`the file has no ${address}`);
    return found;
  }
}
