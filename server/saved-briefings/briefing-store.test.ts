import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { BriefingContent, Scene } from '@maplewall/shared/domain/saved-briefing.ts';
import { epochMs } from '@maplewall/shared/domain/units.ts';
import { BriefingStore } from './briefing-store.ts';

const START = 1_795_000_000_000;
const scene = (note: string): Scene => ({
  at: epochMs(START),
  bounds: { west: 120.4, south: 27.4, east: 120.6, north: 27.6 },
  layers: ['incidents'],
  speed: 60,
  seconds: 20,
  note,
  marks: [{ lng: 120.5, lat: 27.5, text: '岗' }],
});
const content = (title: string, ...notes: readonly string[]): BriefingContent => ({
  title,
  scenes: notes.map(scene),
});

describe('saved briefings', () => {
  let folder = '';
  let file = '';
  let store: BriefingStore;
  let now = START;
  const open = (): Promise<BriefingStore> => BriefingStore.open(file, () => epochMs((now += 1)));
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'maplewall-briefings-'));
    file = join(folder, 'briefings.db');
    store = await open();
  });
  afterEach(async () => {
    store.close();
    await rm(folder, { recursive: true, force: true });
  });
  const created = (given: BriefingContent): string => {
    const made = store.create(given);
    if (!made.ok) throw new Error(made.fault.code);
    return made.value.id;
  };

  it('keep every version through a restart, each with what it is based on, and show the newest', async () => {
    const id = created(content('交接班', '一'));
    expect(store.save(id, 1, content('交接班', '二', '三'))).toMatchObject({
      ok: true,
      value: { version: 2, basedOn: 1, newest: 2 },
    });
    store.close();
    store = await open();
    expect(store.get(id)).toMatchObject({
      ok: true,
      value: { id, version: 2, ...content('交接班', '二', '三') },
    });
    expect(store.get(id, 1)).toMatchObject({
      ok: true,
      value: { version: 1, newest: 2, ...content('交接班', '一') },
    });
    expect(store.versions(id)).toMatchObject({
      ok: true,
      value: [
        { version: 2, basedOn: 1, scenes: 2 },
        { version: 1, basedOn: 0, scenes: 1 },
      ],
    });
    expect(store.get(id, 3)).toMatchObject({ ok: false, fault: { code: 'briefing.versionUnknown' } });
    expect(store.get('nobody')).toMatchObject({ ok: false, fault: { code: 'briefing.unknown' } });
  });

  it('refuse a save that is based on an old version, and lose nothing of either', () => {
    const id = created(content('交接班'));
    expect(store.save(id, 1, content('甲')).ok).toBe(true);
    expect(store.save(id, 1, content('乙'))).toMatchObject({
      ok: false,
      fault: { code: 'briefing.changed', values: { basedOn: 1, newest: 2 } },
    });
    expect(store.remove(id, 1)).toMatchObject({ ok: false, fault: { code: 'briefing.changed' } });
    expect(store.get(id)).toMatchObject({ ok: true, value: { title: '甲' } });
    // An old version is made the newest by saving it again.
    expect(store.save(id, 2, content('交接班'))).toMatchObject({ ok: true, value: { version: 3 } });
  });

  it('are off the list when they are deleted, with all they held, and back when they are saved again', () => {
    const id = created(content('交接班', '一'));
    expect(store.remove(id, 1)).toMatchObject({ ok: true, value: { version: 2, deleted: true } });
    expect(store.list(false)).toEqual([]);
    expect(store.list(true)).toMatchObject([{ id, version: 2, deleted: true, title: '交接班', scenes: 1 }]);
    expect(store.get(id)).toMatchObject({ ok: false, fault: { code: 'briefing.deleted' } });
    expect(store.remove(id, 2)).toMatchObject({ ok: false, fault: { code: 'briefing.deleted' } });
    expect(store.get(id, 2)).toMatchObject({ ok: true, value: content('交接班', '一') });
    expect(store.save(id, 2, content('交接班', '一'))).toMatchObject({ ok: true, value: { version: 3 } });
    expect(store.list(false)).toMatchObject([{ id, version: 3, deleted: false }]);
  });

  it('have scenes that show an area', () => {
    const flat = { ...scene(''), bounds: { west: 1, south: 1, east: 1, north: 2 } };
    expect(store.create({ title: '交接班', scenes: [scene(''), flat] })).toMatchObject({
      ok: false,
      fault: { code: 'request.invalid', field: 'scenes.1.bounds' },
    });
  });

  it('are not looked for in a file of something else', async () => {
    const other = join(folder, 'other.db');
    await writeFile(other, 'not a database, and long enough to be taken for one'.repeat(40));
    await expect(BriefingStore.open(other, () => epochMs(0))).rejects.toThrow(/not a database/);
  });
});
