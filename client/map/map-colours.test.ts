import { describe, expect, it } from 'vitest';
import { mapColours, RISK_EDGES, riskRamp, riskStep } from './map-colours.ts';

describe('risk on the map', () => {
  it('has five steps that grow with the level', () => {
    const steps = Array.from({ length: 101 }, (_, level) => riskStep(level));
    expect(steps).toEqual(steps.toSorted((a, b) => a - b));
    expect(new Set(steps)).toEqual(new Set([0, 1, 2, 3, 4, 5]));
  });

  it('leaves a level at an edge in the step below', () => {
    for (const [index, edge] of RISK_EDGES.entries()) {
      expect(riskStep(edge)).toBe(index);
      expect(riskStep(edge + 1)).toBe(index + 1);
    }
  });

  it.each(['dark', 'light'] as const)(
    'is never more than 55 % opaque and always stronger with the step (%s)',
    (theme) => {
      const opacities = riskRamp(mapColours(theme)).map(({ opacity }) => opacity);
      expect(Math.max(...opacities)).toBeLessThanOrEqual(0.55);
      expect(opacities).toEqual(opacities.toSorted((a, b) => a - b));
    },
  );
});
