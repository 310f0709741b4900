/**
 * What the gateway answered when this file was made, as the file holds it (docs/spec/export.md): an element for each answer,
 * `<script type="text/plain" data-answer="/api/city" data-type="application/json" data-packed="gzip">base64</script>`.
 * `data-at` tells from which moment on an answer holds that was asked for by `t`.
 */
export interface PageAnswer {
  readonly type: string;
  readonly bytes: Uint8Array<ArrayBuffer>;
}

/** The part of an element that is read; a test brings its own. */
export interface AnswerElement {
  readonly dataset: Readonly<Record<string, string | undefined>>;
  readonly textContent: string | null;
}

interface Moment {
  readonly at: number;
  readonly element: AnswerElement;
}

export class PageAnswers {
  readonly #plain = new Map<string, AnswerElement>();
  /** By address, in the order of time. */
  readonly #momentary = new Map<string, Moment[]>();

  constructor(elements: Iterable<AnswerElement>) {
    for (const element of elements) {
      const { answer = '', at } = element.dataset;
      if (at === undefined) this.#plain.set(answer, element);
      else {
        const moments = this.#momentary.get(answer) ?? [];
        moments.push({ at: Number(at), element });
        this.#momentary.set(answer, moments);
      }
    }
    for (const moments of this.#momentary.values()) moments.sort((a, b) => a.at - b.at);
  }

  /** The answer to a GET of this path and query; undefined where the file has none. */
  async get(address: string): Promise<PageAnswer | undefined> {
    const element = this.#find(new URL(address, 'http://page'));
    if (element === undefined || element.dataset['none'] !== undefined) return undefined;
    const { type = '', packed } = element.dataset;
    const bytes = fromBase64(element.textContent ?? '');
    return { type, bytes: packed === 'gzip' ? await unzipped(bytes) : bytes };
  }

  #find({ pathname, searchParams }: URL): AnswerElement | undefined {
    // A file holds one version of each minute: the one that its day names.
    searchParams.delete('version');
    const t = searchParams.get('t');
    if (t === null) return this.#plain.get(withQuery(pathname, searchParams));
    searchParams.delete('t');
    const at = Date.parse(t);
    return this.#momentary.get(withQuery(pathname, searchParams))?.findLast((moment) => moment.at <= at)
      ?.element;
  }
}

const withQuery = (path: string, query: URLSearchParams): string =>
  query.size === 0 ? path : `${path}?${query.toString()}`;

function fromBase64(text: string): Uint8Array<ArrayBuffer> {
  const characters = atob(text);
  const bytes = new Uint8Array(characters.length);
  for (let index = 0; index < characters.length; index++) bytes[index] = characters.charCodeAt(index);
  return bytes;
}

const unzipped = async (bytes: Uint8Array<ArrayBuffer>): Promise<Uint8Array<ArrayBuffer>> =>
  new Uint8Array(
    await new Response(new Blob([bytes]).stream().pipeThrough(new DecompressionStream('gzip'))).arrayBuffer(),
  );
