import Fastify from 'fastify';
import { expect, it } from 'vitest';
import type { City } from '@maplewall/shared/domain/city.ts';
import { epochMs, minuteNo, minuteOf } from '@maplewall/shared/domain/units.ts';
import { ExportDesk } from './export-desk.ts';
import { takeAlongRoutes } from './take-along-routes.ts';

const minute = (time: string) => minuteOf(epochMs(Date.parse(`2026-11-20T${time}:00+08:00`)));

it('makes no file where the replay of its beginning has ended, or what the wall knew then is gone', async () => {
  const app = Fastify();
  const desk = new ExportDesk();
  takeAlongRoutes(app, {
    city: { timeZone: 'Asia/Shanghai' } as City,
    world: { sources: new Map() },
    playerFile: '/nowhere',
    desk,
    history: { replayFrom: () => minute('12:00'), known: { from: () => minuteNo(minute('15:00') + 1) } },
  });
  const code = async (from: string, as: string): Promise<unknown> => {
    const query = { from: `2026-11-20T${from}`, to: '2026-11-20T20:00', as };
    return (await app.inject({ url: '/api/history/take-along', query })).json<{ code: unknown }>().code;
  };
  expect(await code('11:59', 'now')).toBe('history.minute.gone');
  expect(await code('11:59', 'then')).toBe('history.minute.gone');
  expect(await code('15:00', 'then')).toBe('history.known.gone');
  // Of these there would be a file, had the player been built.
  for (const [from, as] of [
    ['12:00', 'now'],
    ['15:01', 'then'],
  ] as const)
    expect(await code(from, as)).toBe('export.player.notBuilt');
  // Nobody who was refused has kept a place.
  expect([desk.takePlace(), desk.takePlace(), desk.takePlace()]).toEqual([
    expect.any(Function),
    expect.any(Function),
    undefined,
  ]);
  await app.close();
});
