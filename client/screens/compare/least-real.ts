import type { Mode } from '@maplewall/shared/domain/mode.ts';

/** From the most real to the least. */
const REALITY: readonly Mode[] = ['Actual', 'System', 'Draft', 'Exercise', 'Test'];

/** Of two worlds that are seen together, the mode of the one that is least real; undefined while neither is known. */
export function leastReal(modes: readonly (Mode | undefined)[]): Mode | undefined {
  return REALITY.findLast((mode) => modes.includes(mode));
}
