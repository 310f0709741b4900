/** GeoJSON of `GET /api/reach/posts`: of each post that somebody holds its streets, and the area round them. */
export interface ReachedStreets {
  readonly type: 'FeatureCollection';
  readonly features: {
    type: 'Feature';
    properties: { what: 'streets' | 'area'; post: string };
    geometry:
      | { type: 'MultiLineString'; coordinates: number[][][] }
      | { type: 'MultiPolygon'; coordinates: number[][][][] };
  }[];
}

export const NOTHING_REACHED: ReachedStreets = { type: 'FeatureCollection', features: [] };
