import { describe, expect, it } from 'vitest';
import { fault, faultSentence, type FaultCode, FAULTS } from './fault.ts';

describe('the sentence of a fault', () => {
  it('names the field, in both languages', () => {
    const given = fault('request.invalid', 'time.zone', { reason: 'is no zone' });
    expect(faultSentence(given, 'en')).toBe('Field time.zone is not valid: is no zone.');
    expect(faultSentence(given, 'zh-CN')).toBe('字段 time.zone 无效：is no zone');
  });

  it('has no gap where the whole is wrong and there is no field to name', () => {
    expect(faultSentence(fault('request.invalid', '', { reason: 'must be an object' }), 'en')).toBe(
      'Not valid as a whole: must be an object.',
    );
    for (const code of Object.keys(FAULTS) as FaultCode[])
      for (const language of ['en', 'zh-CN'] as const) {
        const [, zh, en] = FAULTS[code];
        const names = [...`${zh}${en}`.matchAll(/\{(\w+)\}/g)].map(([, name]) => name ?? '');
        const values = Object.fromEntries(names.map((name) => [name, 'x']));
        expect(faultSentence(fault(code, '', values), language)).not.toMatch(/ {2}| [,:]|, *:|\{/);
      }
  });
});
