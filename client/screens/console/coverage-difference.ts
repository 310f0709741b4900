import type { SketchFeature } from '../../map/sketch.ts';
import { ringArea, ringCentre } from '../../map/ring-centre.ts';
import { pointsWord } from '../../panels/percent-words.ts';
import type { CoverageParts } from '../../stores/reach-questions.ts';

type Ring = readonly (readonly number[])[];

/** What the communities are compared by: buildings or blocks within the half minute. */
const FIGURE = 'blocks30';

/**
 * Communities that are covered more or less than at another moment: each as an area and a number in its largest part. Those
 * without a difference, to the tenth of a point that is told, are left as they are.
 */
export function coverageDifference(now: CoverageParts, then: CoverageParts): readonly SketchFeature[] {
  const before = new Map(then.features.map(({ properties }) => [properties['id'], properties[FIGURE]]));
  return now.features.flatMap(({ geometry, properties }): readonly SketchFeature[] => {
    const shown = properties[FIGURE];
    const other = before.get(properties['id']);
    if (typeof shown !== 'number' || typeof other !== 'number') return [];
    const points = Math.round(1_000 * (shown - other)) / 10;
    const [lng, lat] = middleOf(geometry);
    if (points === 0) return [];
    return [
      { type: 'Feature', properties: { what: 'difference', points }, geometry },
      {
        type: 'Feature',
        properties: { what: 'points', points, label: pointsWord(shown, other) },
        geometry: { type: 'Point', coordinates: [lng, lat] },
      },
    ];
  });
}

/** The middle of the largest part of a polygon or several. */
function middleOf({ type, coordinates }: SketchFeature['geometry']): readonly [number, number] {
  const parts = (type === 'MultiPolygon' ? coordinates : [coordinates]) as readonly (readonly Ring[])[];
  const [largest = []] = parts.map(([outer = []]) => outer).toSorted((a, b) => ringArea(b) - ringArea(a));
  return ringCentre(largest);
}
