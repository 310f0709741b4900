import { cityShape, type Areas, type CityShape } from './city-shape.ts';

export interface CityFiles {
  readonly shape: CityShape;
  readonly hasBuildings: boolean;
}

const NOTHING: Areas = { type: 'FeatureCollection', features: [] };

/**
 * What the map needs of the pack before it can be drawn. A file that does not come is reported, and the map is drawn
 * without it.
 */
export async function readCityFiles(
  cityUrl: string,
  onFailure: (part: string, error: unknown) => void,
): Promise<CityFiles> {
  const areas = async (file: string): Promise<Areas> => {
    try {
      const answer = await fetch(`${cityUrl}/${file}`);
      if (!answer.ok) throw new Error(`${file}: HTTP ${answer.status}`);
      return await answer.json();
    } catch (error) {
      onFailure(file, error);
      return NOTHING;
    }
  };
  const exists = async (file: string): Promise<boolean> => {
    try {
      return (await fetch(`${cityUrl}/${file}`, { method: 'HEAD' })).ok;
    } catch (error) {
      onFailure(file, error);
      return false;
    }
  };
  const [boundary, communities, hasBuildings] = await Promise.all([
    areas('boundary'),
    areas('communities'),
    exists('buildings'),
  ]);
  return { shape: cityShape(boundary, communities), hasBuildings };
}
