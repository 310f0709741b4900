import { afterEach, describe, expect, it, vi } from 'vitest';
import { epochMs } from '@maplewall/shared/domain/units.ts';
import type { MinuteRef } from './history-index.ts';
import { historyOverHttp } from './history-source.ts';

const ref = (version: string): MinuteRef => {
  return { day: '2026-11-22', minute: '09:05+1', startsAt: epochMs(0), endsAt: epochMs(60_000), version };
};

describe('history over HTTP', () => {
  afterEach(() => vi.unstubAllGlobals());

  it('names the version of a minute in its address, so that what came late has another address', async () => {
    const asked: string[] = [];
    vi.stubGlobal('fetch', async (address: string) => {
      asked.push(address);
      return new Response(Uint8Array.of(7));
    });
    const history = historyOverHttp('/api/history');
    expect(await history.segment(ref('a+b'))).toEqual({ ok: true, value: Uint8Array.of(7) });
    await history.segment(ref(''));
    expect(asked).toEqual([
      '/api/history/2026-11-22/09%3A05%2B1?version=a%2Bb',
      '/api/history/2026-11-22/09%3A05%2B1',
    ]);
  });
});
