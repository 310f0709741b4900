import type { PageAnswers } from './page-answers.ts';

const SENTENCE = {
  'zh-CN': '此文件不包含这项内容',
  en: 'This file does not hold that.',
};

/**
 * A `fetch` that asks no network: what the page holds is answered, all else is not found. Addresses that the page made itself
 * (blob:, data:) are read as ever.
 */
export function fetchFromPage(page: Pick<PageAnswers, 'get'>, native: typeof fetch): typeof fetch {
  return async (asked, init) => {
    const address = asked instanceof Request ? asked.url : String(asked);
    if (/^(blob|data):/.test(address)) return native(asked, init);
    const isReading = (init?.method ?? (asked instanceof Request ? asked.method : 'GET')) === 'GET';
    const found = isReading ? await page.get(address) : undefined;
    return found === undefined
      ? Response.json({ code: 'request.notFound', field: '', sentence: SENTENCE }, { status: 404 })
      : new Response(found.bytes, { headers: { 'content-type': found.type } });
  };
}
