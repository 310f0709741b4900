import type { Gaps } from '@maplewall/shared/wire/reach.ts';
import type { SketchFeature } from '../../map/sketch.ts';
import type { Place } from '../../stores/reach-questions.ts';

/** Places that nobody reaches, of one grid; or one place that lies in none. */
export interface GapRow {
  readonly gridId: string | null;
  /** Of a year, in the grid. */
  readonly incidents: number;
  readonly places: readonly Place[];
}

/** The first `most` rows: neighbours of one grid say the same, and are one place to go to. */
export function heaviestGaps(gaps: Gaps['features'], most: number): readonly GapRow[] {
  const rows = new Map<string, GapRow & { readonly places: Place[] }>();
  for (const [index, { geometry, properties }] of gaps.entries()) {
    const { gridId, incidentsOfYearInGrid: incidents } = properties;
    const [lng, lat] = geometry.coordinates;
    const key = gridId === null ? `place ${index}` : `grid ${gridId}`;
    const row = rows.get(key);
    if (row !== undefined) row.places.push({ lng, lat });
    else rows.set(key, { gridId, incidents, places: [{ lng, lat }] });
  }
  return [...rows.values()].slice(0, most);
}

/** All of them as dots, each by how much happens in its grid beside the one where most does. */
export function gapDots(gaps: Gaps['features']): readonly SketchFeature[] {
  const most = gaps.reduce((max, { properties }) => Math.max(max, properties.incidentsOfYearInGrid), 1);
  return gaps.map(({ geometry, properties }) => ({
    type: 'Feature',
    properties: { what: 'gap', share: properties.incidentsOfYearInGrid / most },
    geometry,
  }));
}
