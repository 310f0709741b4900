import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isTooFast } from './checks.ts';
import { FixRow } from './fix-row.ts';
import { fakeClock, SECOND } from './gateway.fixture.ts';
import { isId } from './ids.ts';
import { parseJson } from './json-body.ts';
import { parseMoment } from '@maplewall/shared/domain/moment.ts';
import { MqttPacketGuard } from './mqtt-packet-guard.ts';
import { ResponderTable } from './responder-table.ts';
import { SparingLogger } from './sparing-logger.ts';
import { idSchema, parserOf, textSchema } from '@maplewall/shared/domain/schema.ts';

describe('moments', () => {
  it.each([
    ['2026-11-23T08:30:10Z', Date.UTC(2026, 10, 23, 8, 30, 10)],
    ['2026-11-23t08:30:10.123456789z', Date.UTC(2026, 10, 23, 8, 30, 10, 123)],
    ['2026-11-23 16:30:10.5+08:00', Date.UTC(2026, 10, 23, 8, 30, 10, 500)],
    ['2024-02-29T00:00:00-05:30', Date.UTC(2024, 1, 29, 5, 30)],
    [1_763_886_610_000.7, 1_763_886_610_000],
  ])('[ING6] %s is understood', (value, expected) => {
    expect(parseMoment(value)).toBe(expected);
  });

  it.each([
    '2026-02-29T00:00:00Z',
    '2026-11-31T00:00:00Z',
    '2026-13-01T00:00:00Z',
    '2026-11-23T24:00:00Z',
    '2026-11-23T08:30:60Z',
    '2026-11-23T08:30:10',
    '2026-11-23T08:30:10+24:00',
    '1999-12-31T23:59:59Z',
    '2026-11-23',
    '',
    0,
    -1,
    1e300,
    Number.NaN,
    null,
    true,
    [1_763_886_610_000],
  ])('[ING6] %j is not', (value) => {
    expect(parseMoment(value)).toBeNaN();
  });

  it('[ING6] what Date writes is read back', () => {
    fc.assert(
      fc.property(fc.integer({ min: 946_684_800_000, max: 4_102_444_799_999 }), (ms) => {
        expect(parseMoment(new Date(ms).toISOString())).toBe(ms);
      }),
      { seed: 1, numRuns: 500 },
    );
  });
});

describe('ids', () => {
  it('are what the schema says', () => {
    const parse = parserOf(idSchema('any'));
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string({ maxLength: 70 }),
          fc.string({ unit: 'binary', maxLength: 70 }),
          fc.array(fc.constantFrom('👮', 'v'), { minLength: 30, maxLength: 70 }).map((all) => all.join('')),
          // Any code units: surrogates with and without their other half.
          fc
            .array(fc.constantFrom(0x41, 0x67ab, 0xd800, 0xd83d, 0xde00, 0xdfff), { maxLength: 40 })
            .map((units) => String.fromCharCode(...units)),
        ),
        (text) => {
          expect(isId(text)).toBe(parse(text).ok);
        },
      ),
      { seed: 2, numRuns: 2_000 },
    );
  });

  it('have no half characters, which the log would keep as one and the same character', () => {
    const isText = parserOf(textSchema(40, 'any'));
    for (const half of ['\ud800', '\udfff', 'a\ud83d', '\ude00\ud83d']) {
      expect(isId(half)).toBe(false);
      expect(isText(half).ok).toBe(false);
    }
    expect(isId('枫\u{1f341}')).toBe(true);
    expect(isText('枫\u{1f341}').ok).toBe(true);
  });
});

describe('speed', () => {
  it('[ING7] 300 km/h is the limit, in every direction', () => {
    const metresNorth = (metres: number): number => Math.round(metres / 1.11195);
    const metresEast = (metres: number): number =>
      Math.round(metres / 1.11195 / Math.cos((27.58 * Math.PI) / 180));
    const from = [12_055_000, 2_758_000] as const;
    for (const [metres, seconds, expected] of [
      [830, 10, false],
      [840, 10, true],
      [82, 1, false],
      [85, 1, true],
    ] as const) {
      expect(isTooFast(...from, from[0] + metresEast(metres), from[1], seconds)).toBe(expected);
      expect(isTooFast(...from, from[0], from[1] - metresNorth(metres), seconds)).toBe(expected);
    }
    expect(isTooFast(17_999_990, 0, -17_999_990, 0, 1)).toBe(false);
  });
});

describe('JSON bodies', () => {
  it('[ING12] are what JSON.parse makes of them, up to a depth', () => {
    fc.assert(
      fc.property(fc.json({ maxDepth: 8 }), (text) => {
        expect(parseJson(Buffer.from(text))).toEqual({ ok: true, value: JSON.parse(text) });
      }),
      { seed: 3, numRuns: 1_000 },
    );
    const deep = (depth: number): Buffer =>
      Buffer.from('[{"a":'.repeat(depth) + '"[[{{"' + '}]'.repeat(depth));
    expect(parseJson(deep(8)).ok).toBe(true);
    expect(parseJson(deep(9)).ok).toBe(false);
  });

  it('[ING12] any bytes give a value or a fault', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 64 }), (bytes) => {
        expect(typeof parseJson(bytes).ok).toBe('boolean');
      }),
      { seed: 4, numRuns: 2_000 },
    );
  });
});

describe('the responder table', () => {
  it('[ING7] knows each second of the last 17 minutes that was taken, and no other', () => {
    fc.assert(
      fc.property(
        fc.array(
          fc.record({
            place: fc.integer({ min: 0, max: 2 }),
            step: fc.oneof(fc.integer({ min: -1_500, max: 40 }), fc.integer({ min: 1, max: 5_000 })),
            isTakenBack: fc.boolean(),
          }),
          { maxLength: 60 },
        ),
        (steps) => {
          const table = new ResponderTable();
          const places = ['a', 'b', 'c'].map((id) => table.findOrAdd(id));
          const taken = places.map(() => new Set<number>());
          const newest = [0, 0, 0];
          for (const { place, step, isTakenBack } of steps) {
            const second = (newest[place] || 1_763_900_000) + step;
            const known = taken[place] ?? new Set();
            const isInWindow = (newest[place] ?? 0) - second < 1_024;
            expect(table.isTaken(place, second)).toBe(isInWindow && known.has(second));
            table.take(place, 1, 2, second);
            known.add(second);
            newest[place] = Math.max(newest[place] ?? 0, second);
            if (isTakenBack) {
              table.untake(place, second);
              if (isInWindow) known.delete(second);
            }
          }
        },
      ),
      { seed: 5, numRuns: 1_000 },
    );
  });

  it('gives places of people off duty to others when there are very many', () => {
    const table = new ResponderTable();
    const first = table.findOrAdd('on duty');
    table.duty[first] = 1;
    for (let index = 0; index < 300_000; index += 1) table.findOrAdd(`passer-by ${index}`);
    expect(table.find('on duty')).toBe(first);
    expect(table.duty.length).toBe(262_144);
  });
});

describe('the packet guard', () => {
  it('[ING12] lets packets of any lengths pass in any pieces, and stops at the first that is too large', () => {
    const packet = fc.integer({ min: 0, max: 400 }).map((length) => {
      const head = length < 128 ? [length] : [(length & 0x7f) | 0x80, length >> 7];
      return { length, bytes: [0x30, ...head, ...Array.from({ length }, () => 0xff)] };
    });
    fc.assert(
      fc.property(fc.array(packet), fc.integer({ min: 1, max: 300 }), (packets, piece) => {
        const bytes = Uint8Array.from(packets.flatMap(({ bytes }) => bytes));
        const guard = new MqttPacketGuard(300);
        let isFit = true;
        for (let at = 0; at < bytes.length && isFit; at += piece)
          isFit = guard.take(bytes.subarray(at, at + piece));
        expect(isFit).toBe(packets.every(({ length }) => length <= 300));
      }),
      { seed: 6, numRuns: 1_000 },
    );
  });
});

describe('a fix on its way into columns', () => {
  it('makes unknown of what is absent, below zero or absurd', () => {
    const row = new FixRow();
    const at = { lng: 1, lat: 1, fixAt: 1_763_900_000_000 };
    row.set({
      responderId: 'a' as never,
      ...at,
      speedMetresPerSecond: -1,
      courseDegrees: 361,
      accuracyMetres: 1e9,
      batteryPercent: -100,
    });
    expect([row.speed, row.course, row.accuracy, row.battery, row.deviceAtSeconds]).toEqual([
      65_535, 65_535, 65_534, 255, 0,
    ]);
  });
});

describe('a sparing logger', () => {
  it('writes the first of like messages, and later how many it left out', () => {
    const lines: unknown[] = [];
    const write = (details: object, message: string): void => {
      lines.push([message, details]);
    };
    const clock = fakeClock();
    const logger = new SparingLogger({ error: write, warn: write }, clock);
    for (let index = 0; index < 5; index += 1) logger.log('warn', { index }, 'dropped');
    logger.log('error', {}, 'another');
    clock.pass(10 * SECOND);
    logger.log('warn', { index: 5 }, 'dropped');
    expect(lines).toEqual([
      ['dropped', { index: 0 }],
      ['another', {}],
      ['dropped', { index: 5, likeItLeftOut: 4 }],
    ]);
  });
});
