import type { FaultCode } from '@maplewall/shared/domain/fault.ts';

/** What a call came to. `sentence` is the gateway's own, in both languages; it is absent where nobody answered. */
export type Answer<T> =
  | { readonly ok: true; readonly value: T }
  | {
      readonly ok: false;
      readonly code: FaultCode | 'unreachable';
      readonly sentence: { readonly 'zh-CN': string; readonly en: string } | undefined;
    };

/** Asks the gateway; T is what the route answers with, nothing for 204. A fault is a value, also when nobody answers. */
export async function askGateway<T>(path: string, request?: RequestInit): Promise<Answer<T>> {
  try {
    const answer = await fetch(path, request);
    const said: unknown = answer.status === 204 ? undefined : await answer.json();
    return answer.ok
      ? { ok: true, value: said as T }
      : { ok: false, ...(said as { code: FaultCode; sentence: { 'zh-CN': string; en: string } }) };
  } catch {
    // Said on the page; the next call tries again.
    return { ok: false, code: 'unreachable', sentence: undefined };
  }
}

export const sentenceOf = (answer: Answer<unknown>, locale: string): string | undefined =>
  answer.ok ? undefined : answer.sentence?.[locale === 'en' ? 'en' : 'zh-CN'];
