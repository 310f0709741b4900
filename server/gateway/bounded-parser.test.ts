import fc from 'fast-check';
import { encode } from '@msgpack/msgpack';
import { describe, expect, it } from 'vitest';
import * as usual from 'socket.io-msgpack-parser';
import { HOSTILE_CASES } from '@maplewall/shared/domain/hostile-cases.arbitrary.ts';
import { absurd, spoilt, torn } from '@maplewall/shared/domain/spoilt.arbitrary.ts';
import { WIRE_VERSION } from '@maplewall/shared/wire/wire-version.ts';
import { boundedParser } from './bounded-parser.ts';

const event = (...data: unknown[]): unknown => ({ type: 2, nsp: '/', data, options: { compress: true } });
const good = [
  { type: 0, nsp: '/' },
  { type: 1, nsp: '/' },
  event('hello', { wireVersion: WIRE_VERSION, run: 'a-run', frame: 7 }),
  event('drawn', { frame: 12 }),
];

/** Reads bytes as the gateway does: the packet, or undefined when it was refused and counted. */
function read(given: unknown): unknown {
  let refusals = 0;
  const decoder = new (boundedParser(() => (refusals += 1)).Decoder)();
  let packet: unknown;
  decoder.on('decoded', (value: unknown) => (packet = value));
  try {
    decoder.add(given);
  } catch (error) {
    if (String(error) !== 'Error: not a packet') throw error;
  }
  if (refusals !== (packet === undefined ? 1 : 0)) throw new Error(`counted ${refusals} times`);
  return packet;
}

describe('the reading half of the socket', () => {
  it('takes what the usual parser writes on the side of a viewer', () => {
    const encoder = new usual.Encoder();
    for (const packet of [...good, { type: 0, nsp: '/', data: undefined }]) {
      const [bytes] = encoder.encode(packet) as unknown as Uint8Array[];
      expect(read(bytes)).toEqual(packet);
    }
  });

  it('refuses a few bytes that claim to hold millions of items, before it makes room for them', () => {
    const before = process.memoryUsage();
    const claims = [
      Array.from({ length: 800 }, () => [0xdd, 0x01, 0xff, 0xff, 0xff]).flat(),
      Array.from({ length: 800 }, () => [0xdf, 0x01, 0xff, 0xff, 0xff, 0xa1, 0x61]).flat(),
      [0xc9, 0xff, 0xff, 0xff, 0xff, 0x00, 1, 2, 3],
      [0xc6, 0xff, 0xff, 0xff, 0xff, 1],
      [0xdb, 0xff, 0xff, 0xff, 0xff, 1],
      Array.from({ length: 4_000 }, () => 0x91),
      Array.from({ length: 2_000 }, () => [0x81, 0xa0]).flat(),
    ];
    for (const bytes of claims) expect(read(Buffer.from(bytes))).toBeUndefined();
    const after = process.memoryUsage();
    expect(after.heapUsed + after.arrayBuffers - before.heapUsed - before.arrayBuffers).toBeLessThan(
      30_000_000,
    );
  });

  it('refuses packets that viewers never send', () => {
    const wrong = [
      { type: 2, nsp: '/admin', data: ['hello'] },
      { type: 3, nsp: '/', id: 1, data: [] },
      { type: 2, nsp: '/', id: 1, data: ['hello', {}] },
      { type: 4, nsp: '/', data: 'x' },
      { type: 5, nsp: '/', data: [] },
      { type: 0.5, nsp: '/' },
      { type: 0, nsp: '/', data: 'text' },
      { type: 0, nsp: '/', data: [] },
      { type: 1, nsp: '/', data: {} },
      { type: 2, nsp: '/', data: {} },
      ...['disconnect', 'error', 'connect', 'disconnecting', 'newListener', 7, null].map((name) =>
        event(name),
      ),
      event(),
      event('hello', 'x'.repeat(300)),
      event(
        'hello',
        Array.from({ length: 25 }, () => 0),
      ),
      [],
      null,
      'text',
    ];
    for (const packet of wrong) expect(read(encode(packet))).toBeUndefined();
    for (const given of ['2["hello"]', undefined, 7, {}]) expect(read(given)).toBeUndefined();
  });

  it('gives a packet or refuses, and never throws anything else, whatever the bytes', () => {
    let cases = 0;
    const bytes = fc.oneof(
      fc.uint8Array({ maxLength: 64 }),
      torn(fc.constantFrom(...good).map((packet) => encode(packet))),
      fc
        .constantFrom(...good)
        .chain((packet) => spoilt(packet).map((value) => encode(value, { ignoreUndefined: true }))),
      fc
        .tuple(fc.constantFrom('hello', 'drawn', '__proto__'), absurd)
        .map(([name, value]) => encode(event(name, value))),
    );
    const takenFrom = new Set<unknown>();
    const seen = { taken: 0, refused: 0 };
    fc.assert(
      fc.property(fc.array(bytes, { minLength: 50, maxLength: 50 }), (many) => {
        for (const one of many) {
          cases += 1;
          const packet = read(Buffer.from(one));
          seen[packet === undefined ? 'refused' : 'taken'] += 1;
          if (packet !== undefined) takenFrom.add((packet as { readonly nsp: unknown }).nsp);
        }
      }),
      { seed: 20_261_124, numRuns: 400 },
    );
    expect([...takenFrom]).toEqual(['/']);
    expect(cases).toBe(HOSTILE_CASES['server/gateway/bounded-parser.test.ts']);
    expect(Math.min(seen.taken, seen.refused)).toBeGreaterThan(1_000);
  });
});
