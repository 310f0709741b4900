import { createHash } from 'node:crypto';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { deserialize, serialize } from 'node:v8';
import { buildStreetGraph, type RoadGraph } from '@maplewall/shared/geo/street-graph.ts';
import type { Road } from '@maplewall/shared/geo/street-joints.ts';
import type { CityPack } from '../city/read-pack.ts';

/** Raise it when the same roads make another graph, or another report. */
const BUILDER_VERSION = 5;

/** A road of a pack as a single line. */
export interface PackRoad extends Road {
  /** Its place in roads.geojson, from 0. */
  readonly feature: number;
  /** '' where it has none. */
  readonly name: string;
}

/** Roads of a pack as single lines. */
export function roadsOf({ files }: Pick<CityPack, 'files'>): readonly PackRoad[] {
  return (files.get('roads')?.features ?? []).flatMap(({ properties, geometry }, feature) => {
    const lines = (
      geometry.type === 'LineString' ? [geometry.coordinates] : geometry.coordinates
    ) as Road['line'][];
    const { class: roadClass, level } = properties as { readonly [K in 'class' | 'level']: Road[K] };
    const name = String(properties['name'] ?? '');
    return lines.map((line) => ({ class: roadClass, level, line, feature, name }));
  });
}

/**
 * The streets of a pack as a graph: from the file if that was made of the same roads, else made anew and kept there. A
 * file that cannot be read or written costs only the time to make it again.
 */
export async function openStreets(pack: Pick<CityPack, 'city' | 'files'>, file: string): Promise<RoadGraph> {
  const roads = roadsOf(pack);
  const { lng, lat } = pack.city.centre;
  const hash = createHash('sha256')
    .update(JSON.stringify([BUILDER_VERSION, lng, lat, roads]))
    .digest('hex');
  const kept = await readKept(file, hash);
  if (kept !== undefined) return kept;
  const graph = buildStreetGraph(roads, pack.city.centre);
  const bytes = serialize({ hash, graph });
  await mkdir(dirname(file), { recursive: true })
    .then(() => writeFile(`${file}.new`, bytes))
    .then(() => rename(`${file}.new`, file))
    .catch(() => undefined);
  return graph;
}

async function readKept(file: string, hash: string): Promise<RoadGraph | undefined> {
  try {
    const kept = deserialize(await readFile(file)) as { readonly hash: string; readonly graph: RoadGraph };
    return kept.hash === hash ? kept.graph : undefined;
  } catch {
    return undefined;
  }
}
