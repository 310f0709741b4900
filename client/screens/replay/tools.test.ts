import { expect, it } from 'vitest';
import { isClosedToVisitors, TOOLS } from './tools.ts';

it('while visitors look on, tools are closed that show names, addresses, exact tracks or what somebody wrote', () => {
  expect(TOOLS.filter(isClosedToVisitors).map(({ id }) => id)).toEqual(['notes', 'follow']);
});
