import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { writePack } from '@maplewall/mock/city/write-pack.ts';
import type { City } from '@maplewall/shared/domain/city.ts';

const COLUMNS = 120;
const ROWS = 100;

/**
 * Writes the demo city with a chessboard of 12,000 grids instead of its own few hundred.
 * @returns their ids
 */
export async function writeWallCity(dir: string): Promise<readonly string[]> {
  await writePack({ out: dir, seed: 1 });
  const { bounds } = JSON.parse(await readFile(join(dir, 'city.json'), 'utf8')) as City;
  const [west = 0, south = 0, east = 0, north = 0] = bounds;
  const width = (east - west) / COLUMNS;
  const height = (north - south) / ROWS;
  const features = Array.from({ length: COLUMNS * ROWS }, (_, index) => {
    const left = west + (index % COLUMNS) * width;
    const below = south + Math.floor(index / COLUMNS) * height;
    const ring = [
      [left, below],
      [left + width, below],
      [left + width, below + height],
      [left, below + height],
      [left, below],
    ].map(([x = 0, y = 0]) => [Number(x.toFixed(6)), Number(y.toFixed(6))]);
    return {
      type: 'Feature',
      properties: { id: `G-${index}`, communityId: '', precinctId: '' },
      geometry: { type: 'Polygon', coordinates: [ring] },
    };
  });
  await writeFile(join(dir, 'grids.geojson'), `${JSON.stringify({ type: 'FeatureCollection', features })}\n`);
  return features.map(({ properties }) => properties.id);
}
