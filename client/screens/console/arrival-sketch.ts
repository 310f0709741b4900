import type { Arrivals } from '@maplewall/shared/wire/reach.ts';
import type { SketchFeature } from '../../map/sketch.ts';
import type { Place } from '../../stores/reach-questions.ts';

/** Who comes to a place, as it is drawn: the ways, their ranks where they begin, and the place. Who stands there has no way. */
export function arrivalSketch(
  { lng, lat }: Place,
  { features }: Pick<Arrivals, 'features'>,
): readonly SketchFeature[] {
  const here = { type: 'Point', coordinates: [lng, lat] } as const;
  const ways = features.flatMap(({ geometry }, index): readonly SketchFeature[] => {
    const [from] = geometry?.coordinates ?? [];
    return geometry === null || from === undefined
      ? []
      : [
          { type: 'Feature', properties: { what: 'way', rank: index + 1 }, geometry },
          numberAt({ type: 'Point', coordinates: from }, String(index + 1)),
        ];
  });
  // All in one text: several at one place would cover one another.
  const there = features.flatMap(({ geometry }, index) => (geometry === null ? [index + 1] : []));
  return [
    ...ways,
    { type: 'Feature', properties: { what: 'spot', label: '×' }, geometry: here },
    ...(there.length === 0 ? [] : [numberAt(here, there.join(' · '))]),
  ];
}

const numberAt = (geometry: SketchFeature['geometry'], label: string): SketchFeature => ({
  type: 'Feature',
  properties: { what: 'number', label },
  geometry,
});
