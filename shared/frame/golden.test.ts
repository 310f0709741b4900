import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { eventSchemas } from '../domain/event.ts';
import { CATEGORIES, INCIDENT_STAGES, PLATFORMS } from '../domain/incident.ts';
import { MODES } from '../domain/mode.ts';
import { ORDER_STATES } from '../domain/order.ts';
import { RESPONDER_KINDS } from '../domain/responder.ts';
import { HOUR_COUNTERS } from '../world/hour-counts.ts';
import { worldHash } from '../world/world-hash.ts';
import { applyFrame } from './apply-frame.ts';
import { FORMAT_VERSION, headBytes, kindOf, KINDS } from './capsule.ts';
import { decodeFrame } from './decode-frame.ts';
import { encodeFrame } from './encode-frame.ts';
import { frameKind } from './frame-kind.ts';
import { decodeKeyframe, encodeKeyframe } from './keyframe.ts';
import { decodeSegment, encodeSegment } from './segment.ts';

const FOLDER = new URL('../../tests/golden/', import.meta.url);
const read = (name: string): Uint8Array => new Uint8Array(readFileSync(new URL(name, FOLDER)));
const readJson = (name: string): unknown => JSON.parse(readFileSync(new URL(name, FOLDER), 'utf8'));
const files = readdirSync(FOLDER);

/** Plain values for comparison: typed arrays as lists. */
const plain = (value: unknown): unknown =>
  JSON.parse(
    JSON.stringify(value, (_, inner: unknown) =>
      ArrayBuffer.isView(inner) ? Array.from(inner as unknown as ArrayLike<number>) : inner,
    ),
  );

function unwrap<T>(result: { ok: true; value: T } | { ok: false; fault: unknown }): T {
  if (!result.ok) throw new Error(JSON.stringify(result.fault));
  return result.value;
}

/** What is written now, under the version of `bytes`: what a version added is left out where nothing needs it. */
function inVersionOf(bytes: Uint8Array, written: Uint8Array): Uint8Array {
  const same = written.slice();
  const version = bytes[2] ?? 0;
  same[2] = version;
  const kind = kindOf(bytes);
  // Before version 3 the check did not hold the version.
  const checked = version >= 3 ? version : 0;
  const checkEnds = kind === undefined ? 0 : headBytes(kind);
  for (let i = 3; i < checkEnds; i += 1) same[i] = (same[i] ?? 0) ^ FORMAT_VERSION ^ checked;
  return same;
}

describe('golden bytes', () => {
  it.each(files.filter((name) => /^frame-.*\.bin$/.test(name)))(
    '[FRM12] %s still says what it said',
    (name) => {
      const bytes = read(name);
      const frame = unwrap(decodeFrame(bytes));
      expect(frameKind(bytes)).toBe('frame');
      expect(plain(frame)).toEqual(readJson(name.replace('.bin', '.json')));
      expect(inVersionOf(bytes, encodeFrame(frame))).toEqual(bytes);
    },
  );

  it.each(files.filter((name) => /^keyframe-.*\.bin$/.test(name)))(
    '[FRM12] %s still holds its world',
    (name) => {
      const bytes = read(name);
      const { frame, world } = unwrap(decodeKeyframe(bytes));
      expect(frameKind(bytes)).toBe('keyframe');
      expect({ frame, hash: worldHash(world) }).toEqual(readJson(name.replace('.bin', '.json')));
      expect(inVersionOf(bytes, encodeKeyframe(world, frame))).toEqual(bytes);
    },
  );

  it.each(files.filter((name) => /^segment-.*\.bin$/.test(name)))(
    '[SEG3] %s still holds its minute',
    (name) => {
      const bytes = read(name);
      const segment = unwrap(decodeSegment(bytes));
      expect(inVersionOf(bytes, encodeSegment(segment))).toEqual(bytes);
      unwrap(decodeKeyframe(segment.keyframe));
      for (const frame of segment.frames) unwrap(decodeFrame(frame));
      expect(segment.frames.length).toBeGreaterThan(0);
    },
  );

  it.each(files.filter((name) => /^bad-.*\.bin$/.test(name)))('[FRM9] %s is refused as it was', (name) => {
    const code = name.split('-')[1] ?? '';
    expect(decodeFrame(read(name))).toMatchObject({ ok: false, fault: { code: `frame.${code}` } });
  });

  it('are all there', () => {
    expect(files.filter((name) => name.endsWith('.bin')).length).toBeGreaterThanOrEqual(18);
  });

  it.each([1, 2, 3, 4])('[FRM12] of version %i say so, and each kind is there', (version) => {
    const whole = files.filter((name) => !name.startsWith('bad') && name.endsWith(`-v${version}.bin`));
    expect(whole.map((name) => read(name)[2])).toEqual(whole.map(() => version));
    expect(new Set(whole.map((name) => name.split('-')[0]))).toEqual(
      new Set(['frame', 'keyframe', 'segment']),
    );
  });

  it('[FRM12] of version 2 hold what version 2 is for', () => {
    const { world } = unwrap(decodeKeyframe(read('keyframe-acknowledged-v2.bin')));
    const { events } = unwrap(decodeFrame(read('frame-acknowledged-v2.bin')));
    expect([...world.incidents.values()].map(({ id, acknowledgedBy }) => [id, acknowledgedBy])).toEqual([
      ['J-1', '值班长 林'],
      ['J-2', ''],
    ]);
    expect(events.map(({ event }) => event.kind)).toContain('incident.acknowledged');
  });
});

it('[FRM12] bytes of version 3 hold what version 3 is for', () => {
  const { world } = unwrap(decodeKeyframe(read('keyframe-turn-v3.bin')));
  const slots = unwrap(applyFrame(world, unwrap(decodeFrame(read('frame-turn-v3.bin')))));
  expect([...slots]).toEqual([0, 1, 2, 4, 5, 6, 7, 8, 9, 10, 12]);
});

it('[FRM12] bytes of version 4 hold what version 4 is for', () => {
  const { world } = unwrap(decodeKeyframe(read('keyframe-through-v4.bin')));
  const through = (): unknown[] => [...world.responders.values()].map(({ reportsThrough }) => reportsThrough);
  expect(through()).toEqual(['guard-tags', '', 'guard-tags']);
  const start = Date.UTC(2026, 10, 28, 8);
  expect(
    [...world.incidents.values()].map(({ raisedAt, acknowledgedBy }) => [raisedAt, acknowledgedBy]),
  ).toEqual([
    [start + 1_500, ''],
    [start + 1_600, '值班长 林'],
    [undefined, ''],
  ]);
  unwrap(applyFrame(world, unwrap(decodeFrame(read('frame-through-v4.bin')))));
  expect(through()).toEqual(['guard-tags', 'guard-tags', '']);
});

/**
 * When this fails, bytes that were written before may be read as something else. Raise FORMAT_VERSION, add its
 * line to docs/spec/frame.md and golden bytes of the new version, and then write the new hash here.
 */
it('[FRM12] the words whose order is on the wire are those of version 4', () => {
  const layout = {
    version: FORMAT_VERSION,
    kinds: KINDS,
    events: Object.entries(eventSchemas).map(([kind, schema]) => [kind, ...Object.keys(schema.properties)]),
    words: [MODES, CATEGORIES, INCIDENT_STAGES, PLATFORMS, ORDER_STATES, RESPONDER_KINDS, HOUR_COUNTERS],
  };
  const hash = createHash('sha256').update(JSON.stringify(layout)).digest('hex');
  expect([FORMAT_VERSION, hash]).toEqual([
    4,
    '3d49df75955b9e2cd546103e15d94260ceee1d4e93cc6874060ca2f812c09849',
  ]);
});
