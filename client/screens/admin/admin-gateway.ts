import type { FaultCode } from '@maplewall/shared/domain/fault.ts';

/** What a call came to. `sentence` is the gateway's own, in both languages; it is absent where nobody answered. */
export type Answer<T> =
  | { readonly ok: true; readonly value: T }
  | {
      readonly ok: false;
      readonly code: FaultCode | 'unreachable';
      readonly sentence: { readonly 'zh-CN': string; readonly en: string } | undefined;
    };

type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

/** The gateway, asked with the admin key. */
export class AdminGateway {
  readonly #key: string;

  constructor(key: string) {
    this.#key = key;
  }

  /** T is what the route answers with; nothing for 204. */
  async ask<T>(method: Method, path: string, body?: unknown): Promise<Answer<T>> {
    try {
      const answer = await fetch(path, {
        method,
        headers: {
          authorization: `Bearer ${this.#key}`,
          ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      });
      const said: unknown = answer.status === 204 ? undefined : await answer.json();
      return answer.ok
        ? { ok: true, value: said as T }
        : { ok: false, ...(said as { code: FaultCode; sentence: { 'zh-CN': string; en: string } }) };
    } catch {
      // Said on the page; the next call tries again.
      return { ok: false, code: 'unreachable', sentence: undefined };
    }
  }
}

/** Whether a fault says that the key is not the right one. */
export const isKeyFault = (answer: Answer<unknown>): boolean =>
  !answer.ok && (answer.code === 'access.adminKeyWrong' || answer.code === 'access.adminKeyMissing');
