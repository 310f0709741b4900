import type { RoadClass } from '@maplewall/shared/domain/road-class.ts';

/** A line of a road, west-east and south-north in degrees, one after the other. */
export interface RoadLine {
  readonly class: RoadClass;
  readonly points: Float64Array;
}

interface RoadFeature {
  readonly properties: { readonly class: RoadClass };
  readonly geometry:
    | { readonly type: 'LineString'; readonly coordinates: readonly (readonly number[])[] }
    | { readonly type: 'MultiLineString'; readonly coordinates: readonly (readonly (readonly number[])[])[] };
}
export interface RoadFile {
  readonly features: readonly RoadFeature[];
}

/** Side of a cell in degrees: about half a kilometre. */
const CELL = 0.005;
const cellOf = (lng: number, lat: number): string => `${Math.floor(lng / CELL)} ${Math.floor(lat / CELL)}`;

/** The roads of a city by where they are, for pictures of a few streets. */
export class RoadIndex {
  readonly #cells = new Map<string, Set<RoadLine>>();

  constructor({ features }: RoadFile) {
    for (const { properties, geometry } of features)
      for (const line of geometry.type === 'LineString' ? [geometry.coordinates] : geometry.coordinates)
        this.#add({
          class: properties.class,
          points: Float64Array.from(line.flatMap(([x = 0, y = 0]) => [x, y])),
        });
  }

  /** The roads that may pass within so many degrees of a point. */
  near(lng: number, lat: number, degrees: number): readonly RoadLine[] {
    const found = new Set<RoadLine>();
    for (let x = lng - degrees; x < lng + degrees + CELL; x += CELL)
      for (let y = lat - degrees; y < lat + degrees + CELL; y += CELL)
        for (const line of this.#cells.get(cellOf(x, y)) ?? []) found.add(line);
    return [...found];
  }

  #add(line: RoadLine): void {
    const { points } = line;
    for (let index = 0; index + 3 < points.length; index += 2) {
      const [x1 = 0, y1 = 0, x2 = 0, y2 = 0] = points.subarray(index, index + 4);
      // Steps of half a cell leave out no cell that a road of more than its corner crosses.
      const steps = Math.max(1, Math.ceil(Math.max(Math.abs(x2 - x1), Math.abs(y2 - y1)) / (CELL / 2)));
      for (let step = 0; step <= steps; step++) {
        const cell = cellOf(x1 + ((x2 - x1) * step) / steps, y1 + ((y2 - y1) * step) / steps);
        const here = this.#cells.get(cell);
        if (here === undefined) this.#cells.set(cell, new Set([line]));
        else here.add(line);
      }
    }
  }
}

/** Reads the city's roads; undefined, so that there are no insets, when they do not come. */
export async function readRoads(url: string): Promise<RoadIndex | undefined> {
  const answer = await fetch(url).catch(() => undefined);
  return answer?.ok === true ? new RoadIndex((await answer.json()) as RoadFile) : undefined;
}
