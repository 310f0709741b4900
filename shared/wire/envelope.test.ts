import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { openEnvelope, putInEnvelope } from './envelope.ts';

const RUNS = { seed: 20_261_123, numRuns: 1_000 } as const;

describe('an envelope', () => {
  it('gives back the body and whether it is deflated', () => {
    fc.assert(
      fc.property(fc.uint8Array(), fc.boolean(), (body, deflated) => {
        expect(openEnvelope(putInEnvelope(body, deflated))).toEqual({ ok: true, value: { deflated, body } });
      }),
      RUNS,
    );
  });

  it('with another mark, or with nothing in it, is refused', () => {
    fc.assert(
      fc.property(fc.uint8Array(), (bytes) => {
        const opened = openEnvelope(bytes);
        expect(opened.ok).toBe(bytes[0] === 0 || bytes[0] === 1);
      }),
      RUNS,
    );
    expect(openEnvelope(new Uint8Array(0))).toMatchObject({ ok: false, fault: { code: 'frame.malformed' } });
  });
});
