import type { City } from '@maplewall/shared/domain/city.ts';
import { SUPERVISOR } from '@maplewall/shared/domain/supervisor.ts';
import type { World } from '@maplewall/shared/world/world.ts';
import { DateTime } from 'luxon';
import type { Range } from './range.ts';

/** Whether a wall of this world is marked as not the real one: then the name of a file says it as well. */
export const isSimulated = ({ sources }: Pick<World, 'sources'>): boolean =>
  [...sources].some(([id, { mode }]) => id !== SUPERVISOR && mode !== 'Actual' && mode !== 'System');

/** `demo-city_2026-11-20_2000-2100_incidents_SIMULATED.csv`: letters that every file system takes. */
export function fileName(
  { id, timeZone }: Pick<City, 'id' | 'timeZone'>,
  { from, to }: Range,
  what: string,
  simulated: boolean,
  ending: string,
): string {
  const [start, end] = [from, to].map((at) => DateTime.fromMillis(at, { zone: timeZone }));
  const day = start?.toFormat('yyyy-MM-dd') ?? '';
  const last = end?.toFormat('yyyy-MM-dd') ?? '';
  const span = `${start?.toFormat('HHmm')}-${last === day ? '' : `${last}_`}${end?.toFormat('HHmm')}`;
  const city = id.replaceAll(/[^\w-]/g, '-');
  return `${city}_${day}_${span}_${what}${simulated ? '_SIMULATED' : ''}.${ending}`;
}

/** The header with which a browser keeps an answer as a file of this name. */
export const asFile = (name: string): string => `attachment; filename="${name}"`;
