import type { GridRef } from '@maplewall/shared/domain/city.ts';
import type { RoadClass } from '@maplewall/shared/domain/road-class.ts';
import { makePack } from '../city/make-pack.ts';
import { Calendar } from './calendar.ts';
import { Life } from './life.ts';
import { makeLifePack, type Feature } from './pack.ts';

export const NOON = Date.parse('2026-11-23T12:00:00+08:00');

const { city, files } = makePack(1);
/** The demo city, read once. */
export const demoPack = makeLifePack(
  city,
  files.roads as unknown as readonly Feature<{ readonly class: RoadClass; readonly name: string }>[],
  files.grids as unknown as readonly Feature<GridRef>[],
  files.places as unknown as readonly Feature<{ readonly kind: string; readonly name: string }>[],
);

export const demoLife = (seed = 1): Life => new Life(demoPack, new Calendar(city.timeZone, NOON), seed);
