import { describe, expect, it } from 'vitest';
import type { City } from '@maplewall/shared/domain/city.ts';
import { epochMs } from '@maplewall/shared/domain/units.ts';
import { takeAlong, type Ask } from './take-along.ts';

const FROM = Date.UTC(2026, 10, 20, 12, 0);
const MINUTE_MS = 60_000;
const city = { timeZone: 'Asia/Shanghai', name: { zh: '龙港</title>', en: 'Longgang' } } as City;
const range = { from: epochMs(FROM), to: epochMs(FROM + 3 * MINUTE_MS) };
const player = 'A<!--head-->B<!--answers-->C';

/** Minutes 19:58, 20:01, 20:02 and 20:03 by the clocks of the city; each answer is what was asked for. */
const gateway =
  (lost?: string): Ask =>
  (address) => {
    const isKnown = address === '/api/history/known/2026-11-20';
    const isDay = isKnown || address === '/api/history/2026-11-20';
    const minutes = ['19:58', '20:01', '20:02', '20:03'].map((minute) => ({
      minute,
      startsAt: Date.parse(`2026-11-20T${minute}:00+08:00`),
      ...(isKnown && minute === '20:02' ? { until: FROM } : {}),
    }));
    const moments = [{ at: FROM - 1 }, { at: FROM }, { at: range.to }];
    const body = isDay ? { minutes } : { incidents: moments, notes: moments };
    return Promise.resolve({
      status: address === lost ? 503 : 200,
      type: 'application/octet-stream',
      isGzip: false,
      body: Buffer.from(JSON.stringify(body)),
    });
  };
const read = async (ask: Ask, knowsThen = false): Promise<string> => {
  let text = '';
  for await (const piece of takeAlong({ player, city, range, knowsThen, ask })) text += piece;
  return text;
};

describe('a replay as one page', () => {
  it('holds the minutes of its range, and the one before where it begins in a gap', async () => {
    const page = await read(gateway());
    expect([...page.matchAll(/2026-11-20\/(\d\d%3A\d\d)"/g)].map(([, minute]) => minute)).toEqual([
      '19%3A58',
      '20%3A01',
      '20%3A02',
    ]);
    expect(page).toContain('"address":"/replay/2026-11-20/20:00"');
    expect(page.startsWith('A<title>枫屏 Maplewall · 龙港&lt;/title&gt; Longgang')).toBe(true);
    expect(page.endsWith('C')).toBe(true);
    expect(page).not.toContain('/known/');
  });

  it('holds the same minutes as the wall knew them where that is asked for, but for one that still runs', async () => {
    const page = await read(gateway(), true);
    expect([...page.matchAll(/known\/2026-11-20\/(\d\d%3A\d\d)"/g)].map(([, minute]) => minute)).toEqual([
      '19%3A58',
      '20%3A01',
    ]);
    expect(page).toContain('data-answer="/api/history/known/days"');
  });

  it('breaks off where a minute cannot be had, and does without coverage', async () => {
    await expect(read(gateway('/api/history/2026-11-20/20%3A02'))).rejects.toThrow('503');
    const without = '/api/coverage?t=2026-11-20T12%3A01%3A00.000Z';
    const page = await read(gateway(without));
    expect(page.match(/data-answer="\/api\/coverage"/g)).toHaveLength(3);
    // Else the minute before would be shown as this one.
    expect(page.match(/data-answer="\/api\/coverage" data-none="" data-at="\d+"/g)).toHaveLength(1);
  });
});
