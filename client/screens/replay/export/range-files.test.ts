import { epochMs } from '@maplewall/shared/domain/units.ts';
import { expect, it } from 'vitest';
import { fileAddress } from './range-files.ts';

it('names a range in whole seconds of UTC, and the format where there is a choice', () => {
  const passage = {
    from: epochMs(Date.parse('2026-11-20T12:00:00Z')),
    to: epochMs(Date.parse('2026-11-20T13:00:30.500Z')),
  };
  expect(fileAddress('replay', 'html', passage, false)).toBe(
    '/api/history/take-along?from=2026-11-20T12%3A00%3A00Z&to=2026-11-20T13%3A00%3A30Z',
  );
  expect(fileAddress('replay', 'html', passage, true)).toMatch(/&as=then$/);
  expect(fileAddress('incidents', 'geojson', passage, true)).toBe(
    '/api/export/incidents?from=2026-11-20T12%3A00%3A00Z&to=2026-11-20T13%3A00%3A30Z&format=geojson',
  );
});
