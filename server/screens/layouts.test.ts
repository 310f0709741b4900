import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { WallLayout } from '@maplewall/shared/domain/wall-layout.ts';
import { Layouts, MOST_LAYOUTS } from './layouts.ts';

let folder = '';
let file = '';
let layouts: Layouts;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'maplewall-layouts-'));
  file = join(folder, 'layouts.json');
  layouts = await Layouts.open(file);
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const layout = (name: string, given: Partial<WallLayout> = {}): WallLayout => ({
  name,
  view: 'whole',
  span: { columns: 2, rows: 1 },
  tile: { column: 1, row: 0 },
  theme: 'dark',
  language: 'zh-CN',
  director: true,
  sound: false,
  ghostHeat: false,
  visitor: false,
  ...given,
});

it('layouts are kept by name, replaced, removed, and there after a restart', async () => {
  await layouts.put(layout('west'));
  await layouts.put(layout('东墙', { widthMetres: 7.2, farthestMetres: 10 }));
  await layouts.put(layout('west', { theme: 'light' }));
  const again = await Layouts.open(file);
  expect(again.all().map(({ name, theme }) => [name, theme])).toEqual([
    ['west', 'light'],
    ['东墙', 'dark'],
  ]);
  expect(again.get('东墙')?.widthMetres).toBe(7.2);
  expect([await again.remove('west'), await again.remove('west')]).toEqual([true, false]);
  expect((await Layouts.open(file)).all()).toHaveLength(1);
});

it('a tile outside its span is refused', async () => {
  const outside = await layouts.put(layout('x', { tile: { column: 2, row: 0 } }));
  expect(outside).toMatchObject({ ok: false, fault: { code: 'request.invalid', field: 'tile' } });
  expect(layouts.get('x')).toBeUndefined();
});

it('what the file may not hold does not hold', async () => {
  await expect(layouts.put(layout('a b'))).rejects.toThrow('not fit for the file of layouts');
  expect(layouts.all()).toEqual([]);
});

it('there is an end to how many there are, and those that are there can still be changed', async () => {
  await Promise.all(Array.from({ length: MOST_LAYOUTS }, (_, index) => layouts.put(layout(`l${index}`))));
  expect(await layouts.put(layout('more'))).toMatchObject({ ok: false, fault: { code: 'layout.tooMany' } });
  expect((await layouts.put(layout('l7', { sound: true }))).ok).toBe(true);
});
