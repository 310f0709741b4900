import { USUAL_SPEEDS, MODE_OF_KIND } from '@maplewall/shared/rules/travel.ts';
import type { ResponderKind } from '@maplewall/shared/domain/responder.ts';

/** Whole minutes to go for so many metres, at least one. */
export function minutesToGo(kind: ResponderKind, metres: number): number {
  const mode = MODE_OF_KIND[kind];
  const metresPerSecond = mode === 'car' ? USUAL_SPEEDS.car.street : USUAL_SPEEDS[mode];
  return Math.max(1, Math.ceil(metres / metresPerSecond / 60));
}
