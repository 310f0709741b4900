/** The gateway could not be asked, or refuses: one sentence for the person. */
export class AskFault extends Error {}

/** Asks a running gateway for what a path tells. @throws AskFault */
export type Ask = <T>(path: string) => Promise<T>;

/** What came back: its status, and what it says, which is JSON. */
interface Sent {
  readonly status: number;
  readonly said: unknown;
}

export interface AskParts {
  /** Sends one question. @throws AskFault when nobody answers */
  readonly send: (path: string) => Promise<Sent>;
  readonly wait: (ms: number) => Promise<void>;
}

const OK = 200;
const UNAVAILABLE = 503;
/** A gateway that has just begun joins its streets first. */
const AGAIN_MS = 1_000;
const PATIENCE_MS = 60_000;

/** What is not available for the moment is asked again. */
export function askWith({ send, wait }: AskParts): Ask {
  return async <T>(path: string): Promise<T> => {
    for (let waited = 0; ; waited += AGAIN_MS) {
      const { status, said } = await send(path);
      if (status === OK) return said as T;
      if (status !== UNAVAILABLE || waited >= PATIENCE_MS) throw new AskFault(sentenceIn(said, status));
      await wait(AGAIN_MS);
    }
  };
}

/** Sends over HTTP; with the admin key where the gateway stands on another machine. */
export const overHttp =
  (server: URL, key: string): AskParts['send'] =>
  async (path) => {
    const answer = await fetch(new URL(path, server), {
      headers: key === '' ? {} : { authorization: `Bearer ${key}` },
    }).catch(() => undefined);
    if (answer === undefined)
      throw new AskFault(`No gateway answers at ${server.origin}; start it, or name it with --server.`);
    return { status: answer.status, said: await answer.json().catch(() => undefined) };
  };

function sentenceIn(said: unknown, status: number): string {
  const sentence = (said as { readonly sentence?: { readonly en?: unknown } } | undefined)?.sentence?.en;
  return typeof sentence === 'string' ? sentence : `The gateway refuses (status ${status}).`;
}
