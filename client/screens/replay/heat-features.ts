import type { ComparedCell, HeatCell } from '@maplewall/shared/wire/history.ts';
import type { SketchFeature } from '../../map/sketch.ts';

/** Less than this of the greatest is what smoothing leaves at the rim. */
const LEAST_SHARE = 0.04;
/** Less than one incident is not said in figures. */
const LEAST_SAID = 1;
/** From this share of the greatest on a cell has its number beside it. */
const STANDS_OUT = 0.5;

/** From this share of the greatest on a difference has its sign, with a number if that is said. */
const HAS_SIGN = 0.25;

/** Where a day had more or fewer incidents than another, against the greatest difference; what is seen has its sign beside. */
export function differenceFeatures(cells: readonly ComparedCell[]): readonly SketchFeature[] {
  const greatest = Math.max(1, ...cells.map(({ difference }) => Math.abs(difference)));
  return cells.flatMap(({ lng, lat, a, b, difference }) => {
    const size = Math.abs(difference) / greatest;
    const figure = Math.abs(b - a) >= LEAST_SAID && size >= STANDS_OUT ? String(Math.abs(b - a)) : '';
    const sign = difference > 0 ? '+' : '−';
    return warmth({ lng, lat }, difference / greatest, size >= HAS_SIGN ? `${sign}${figure}` : '');
  });
}

/** Where incidents were, against the warmest cell; how many beside those that stand out. */
export function heatFeatures(cells: readonly HeatCell[]): readonly SketchFeature[] {
  const greatest = Math.max(1e-9, ...cells.map(({ perDay }) => perDay));
  return cells.flatMap(({ lng, lat, perDay, incidents }) => {
    const share = perDay / greatest;
    return warmth(
      { lng, lat },
      share,
      share >= STANDS_OUT && incidents >= LEAST_SAID ? String(incidents) : '',
    );
  });
}

function warmth(
  { lng, lat }: { readonly lng: number; readonly lat: number },
  share: number,
  label: string,
): readonly SketchFeature[] {
  if (Math.abs(share) < LEAST_SHARE) return [];
  return [
    {
      type: 'Feature',
      properties: { what: 'warmth', share, label },
      geometry: { type: 'Point', coordinates: [lng, lat] },
    },
  ];
}
