import { cityShape, type Areas, type CityShape } from './city-shape.ts';

const NOTHING: Areas = { type: 'FeatureCollection', features: [] };

/**
 * What the map needs of the pack before it can be drawn. A file that does not come is reported, and the map is drawn
 * without it.
 */
export async function readCityShape(
  cityUrl: string,
  onFailure: (part: string, error: unknown) => void,
): Promise<CityShape> {
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
  const [boundary, communities] = await Promise.all([areas('boundary'), areas('communities')]);
  return cityShape(boundary, communities);
}
