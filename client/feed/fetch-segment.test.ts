import { afterEach, describe, expect, it, vi } from 'vitest';
import { frameNo } from '@maplewall/shared/domain/units.ts';
import { encodeKeyframe } from '@maplewall/shared/frame/keyframe.ts';
import { encodeSegment } from '@maplewall/shared/frame/segment.ts';
import { epochMs, minuteNo } from '@maplewall/shared/domain/units.ts';
import { putInEnvelope } from '@maplewall/shared/wire/envelope.ts';
import { emptyWorld } from '@maplewall/shared/world/empty-world.ts';
import { fetchSegment } from './fetch-segment.ts';
import type { MinuteRef } from './history-index.ts';

const ref = (version: string): MinuteRef => {
  return { day: '2026-11-22', minute: '09:05+1', startsAt: epochMs(0), endsAt: epochMs(60_000), version };
};
const keyframe = encodeKeyframe(emptyWorld(), frameNo(1));
const envelope = putInEnvelope(encodeSegment({ minute: minuteNo(1), keyframe, frames: [] }), false);

describe('a minute over HTTP', () => {
  afterEach(() => vi.unstubAllGlobals());

  it('is asked for by the address of its version, so that what came late has another address', async () => {
    const asked: string[] = [];
    vi.stubGlobal('fetch', async (address: string) => {
      asked.push(address);
      return new Response(new Uint8Array(envelope));
    });
    expect(await fetchSegment('/api/history', ref('a+b'))).toEqual({
      ok: true,
      value: { keyframe, frames: [] },
    });
    await fetchSegment('/api/history', ref(''));
    await fetchSegment('/api/history', ref('~1000'));
    expect(asked).toEqual([
      '/api/history/2026-11-22/09%3A05%2B1?version=a%2Bb',
      '/api/history/2026-11-22/09%3A05%2B1',
      '/api/history/2026-11-22/09%3A05%2B1',
    ]);
  });

  it('is a fault where history has it not, and where what came is no minute', async () => {
    vi.stubGlobal('fetch', async () => new Response('', { status: 404 }));
    expect(await fetchSegment('', ref(''))).toMatchObject({ fault: { code: 'history.minute.notYet' } });
    vi.stubGlobal('fetch', async () => new Response(Uint8Array.of(7)));
    expect(await fetchSegment('', ref(''))).toMatchObject({ ok: false });
    vi.stubGlobal('fetch', () => Promise.reject(new Error('no network')));
    expect(await fetchSegment('', ref(''))).toMatchObject({ fault: { code: 'server.unavailable' } });
  });
});
