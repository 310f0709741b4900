import { describe, expect, it } from 'vitest';
import { epochMs } from '@maplewall/shared/domain/units.ts';
import { sinceOf, type SinceParts } from './shift-since.ts';

const at = (text: string) => epochMs(Date.parse(`${text}+08:00`));
const parts = (more: Partial<SinceParts> = {}): SinceParts => ({
  now: at('2026-11-20T10:30:00'),
  timeZone: 'Asia/Shanghai',
  lastLook: at('2026-11-20T07:15:00'),
  shiftStart: '08:00',
  ...more,
});

describe('since when a viewer wants to be told', () => {
  it('is the last look, eight hours ago where there was none or where it is days ago', () => {
    expect(sinceOf('last', parts())).toBe(at('2026-11-20T07:15:00'));
    for (const lastLook of [undefined, at('2026-11-10T07:15:00'), at('2026-11-21T07:15:00')])
      expect(sinceOf('last', parts({ lastLook }))).toBe(at('2026-11-20T02:30:00'));
    expect(sinceOf('hours8', parts())).toBe(at('2026-11-20T02:30:00'));
  });

  it('is the last time that the city’s clocks showed the start of a shift', () => {
    expect(sinceOf('shift', parts())).toBe(at('2026-11-20T08:00:00'));
    expect(sinceOf('shift', parts({ shiftStart: '20:00' }))).toBe(at('2026-11-19T20:00:00'));
    expect(sinceOf('shift', parts({ shiftStart: '' }))).toBe(at('2026-11-20T02:30:00'));
  });
});
