import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { fetchFromPage } from './fetch-from-page.ts';
import { PageAnswers, type AnswerElement } from './page-answers.ts';

const element = (
  answer: string,
  body: string,
  more: Readonly<Record<string, string>> = {},
): AnswerElement => ({
  dataset: { answer, type: 'application/json', ...more },
  textContent: Buffer.from(body).toString('base64'),
});
const packed = (answer: string, body: string): AnswerElement => ({
  dataset: { answer, type: 'application/json', packed: 'gzip' },
  textContent: gzipSync(body).toString('base64'),
});
const page = new PageAnswers([
  packed('/api/city', '{"name":"龙港"}'),
  element('/api/history/2026-11-20/20%3A00', 'segment'),
  element('/api/history/precincts?days=62&until=2026-11-20', 'counts'),
  element('/api/coverage', 'second', { at: String(Date.UTC(2026, 10, 20, 12, 1)) }),
  element('/api/coverage', 'first', { at: String(Date.UTC(2026, 10, 20, 12, 0)) }),
]);
const answered = async (address: string): Promise<string | undefined> => {
  const found = await page.get(address);
  return found && new TextDecoder().decode(found.bytes);
};

describe('the answers that a page holds', () => {
  it('are found by path and query, packed or not, and a minute whatever version is asked for', async () => {
    expect(await answered('/api/city')).toBe('{"name":"龙港"}');
    expect(await answered('/api/history/2026-11-20/20%3A00?version=abc')).toBe('segment');
    expect(await answered('/api/history/precincts?days=62&until=2026-11-20')).toBe('counts');
    expect(await answered('/api/history/precincts?days=62&until=2026-11-21')).toBeUndefined();
  });

  it('hold from their moment to the next one, and none is given for a time before the first', async () => {
    expect(await answered('/api/coverage?t=2026-11-20T12:00:59.999Z')).toBe('first');
    expect(await answered('/api/coverage?t=2026-11-20T12:01:00.000Z')).toBe('second');
    expect(await answered('/api/coverage?t=2026-11-20T23:00:00.000Z')).toBe('second');
    expect(await answered('/api/coverage?t=2026-11-20T11:59:59.000Z')).toBeUndefined();
    expect(await answered('/api/coverage')).toBeUndefined();
  });

  it('are all that a fetch gives: what is not there is not found, and nobody else is asked', async () => {
    const asked: string[] = [];
    const fetched = fetchFromPage(page, (address) => {
      asked.push(String(address));
      return Promise.resolve(new Response('own'));
    });
    expect(await (await fetched('/api/city')).json()).toEqual({ name: '龙港' });
    expect((await fetched('/api/layouts/west')).status).toBe(404);
    expect((await fetched('https://elsewhere.example/')).status).toBe(404);
    expect((await fetched('/api/city', { method: 'POST', body: '' })).status).toBe(404);
    expect(asked).toEqual([]);
    expect(await (await fetched('blob:null/1')).text()).toBe('own');
  });
});
