import { describe, expect, it } from 'vitest';
import { topLine } from './top-line.ts';

describe("the wall's sentence", () => {
  const phones = [{ id: 'phones', ageSeconds: 1 }];

  it('says that nothing is open only in a city of which an incident was ever heard', () => {
    expect(topLine({ open: 0, sources: phones }, true)).toBe('calm');
    expect(topLine({ open: 0, sources: phones }, false)).toBe('noIncidents');
    expect(topLine({ open: 0, sources: [] }, false)).toBe('noSource');
  });

  it('counts what is open whether or not it stands in the queue', () => {
    expect(topLine({ open: 1, sources: phones }, true)).toBe('sentence');
  });

  it('says nothing before it is known', () => {
    expect(topLine({ open: 0, sources: phones }, undefined)).toBe('');
    expect(topLine(undefined, undefined)).toBe('');
  });
});
