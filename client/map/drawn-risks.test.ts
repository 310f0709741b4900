import type { GridId } from '@maplewall/shared/domain/ids.ts';
import { emptyWorld } from '@maplewall/shared/world/empty-world.ts';
import { expect, it } from 'vitest';
import { DrawnRisks } from './drawn-risks.ts';

const worldWith = (levels: Readonly<Record<string, number>>) => {
  const world = emptyWorld();
  for (const gridId of Object.keys(levels) as GridId[]) {
    world.risks.indexOf.set(gridId, world.risks.gridIds.length);
    world.risks.gridIds.push(gridId);
  }
  world.risks.levels = Uint8Array.from(Object.values(levels));
  return world;
};

it('draws only grids whose step is another one, and takes back those that are gone', () => {
  const drawn = new DrawnRisks();
  expect(drawn.changes(worldWith({ G1: 10, G2: 50 }))).toEqual([
    ['G1', 10],
    ['G2', 50],
  ]);
  expect(drawn.changes(worldWith({ G1: 12, G2: 51 }))).toEqual([]);
  expect(drawn.changes(worldWith({ G2: 90 }))).toEqual([
    ['G1', 0],
    ['G2', 90],
  ]);
  drawn.forget();
  expect(drawn.changes(worldWith({ G2: 90 }))).toEqual([['G2', 90]]);
});
