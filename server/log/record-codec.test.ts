import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ResponderId } from '@maplewall/shared/domain/ids.ts';
import type { PositionsDraft } from '@maplewall/shared/domain/record.ts';
import { NameTable } from './name-table.ts';
import { decodeRecord, encodeRecord } from './record-codec.ts';
import { eventDraft, positionsDraft } from './record-drafts.fixture.ts';

const columns = fc.integer({ min: 0, max: 300 }).chain((count) => {
  const column = <T>(make: (values: number[]) => T, min: number, max: number): fc.Arbitrary<T> =>
    fc.array(fc.integer({ min, max }), { minLength: count, maxLength: count }).map(make);
  const u32 = column((values) => Uint32Array.from(values), 0, 2 ** 32 - 1);
  const u16 = column((values) => Uint16Array.from(values), 0, 65_535);
  const i32 = column((values) => Int32Array.from(values), -(2 ** 31), 2 ** 31 - 1);
  return fc.record({
    count: fc.constant(count),
    responders: fc.array(fc.string({ unit: 'grapheme', minLength: 1 })) as unknown as fc.Arbitrary<
      ResponderId[]
    >,
    who: u32,
    lngE5: i32,
    latE5: i32,
    fixAtSeconds: u32,
    deviceAtSeconds: u32,
    speed: u16,
    course: u16,
    accuracy: u16,
    battery: column((values) => Uint8Array.from(values), 0, 255),
  });
});

const names = new NameTable([]);

describe('records as rows', () => {
  it('[LOG4] come back as they were', () => {
    fc.assert(
      fc.property(columns, (fixes) => {
        const draft: PositionsDraft = { ...positionsDraft(0), fixes };
        expect(decodeRecord(7, encodeRecord(draft, names), names)).toEqual({ ...draft, seq: 7 });
      }),
      { seed: 21, numRuns: 300 },
    );
    const event = eventDraft('键 1', '龙志协-07');
    expect(decodeRecord(8, encodeRecord(event, names), names)).toEqual({ ...event, seq: 8 });
  });

  it('[LOG4] hold what stands in the columns, not what stands beside them in memory', () => {
    const whole = positionsDraft(50);
    const part = { ...whole.fixes, count: 10 };
    for (const name of ['who', 'lngE5', 'latE5', 'fixAtSeconds', 'deviceAtSeconds'] as const)
      Object.assign(part, { [name]: whole.fixes[name].subarray(20, 30) });
    for (const name of ['speed', 'course', 'accuracy', 'battery'] as const)
      Object.assign(part, { [name]: whole.fixes[name].subarray(20, 30) });
    const draft: PositionsDraft = { ...whole, fixes: part };
    expect(decodeRecord(1, encodeRecord(draft, names), names)).toEqual({ ...draft, seq: 1 });
  });

  it('have bodies with memory of their own, as much as they take, so that nothing else goes along to the writer', () => {
    const drafts = [
      eventDraft('1'),
      eventDraft('2', '龙'.repeat(2_000)),
      positionsDraft(2),
      positionsDraft(900),
    ];
    const rows = drafts.map((draft) => encodeRecord(draft, names));
    expect(rows.map(({ form }) => form)).toEqual([0, 3, 1, 2]);
    for (const { body } of rows) expect(body.buffer.byteLength).toBe(body.length);
  });
});
