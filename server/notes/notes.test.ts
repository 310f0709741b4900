import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { epochMs, type EpochMs } from '@maplewall/shared/domain/units.ts';
import { localDayOf, type LocalDay } from '../history/local-day.ts';
import { MOST_NOTES_A_DAY, Notes } from './notes.ts';

const NOON = epochMs(Date.UTC(2026, 10, 20, 4));
const dayOf = (at: EpochMs): LocalDay => localDayOf(at, 'Asia/Shanghai');
let now = NOON;
let folder = '';
let notes: Notes;
const open = (): Promise<Notes> => Notes.open(join(folder, 'notes.db'), { now: () => now }, dayOf);
beforeEach(async () => {
  now = NOON;
  folder = await mkdtemp(join(tmpdir(), 'maplewall-notes-'));
  notes = await open();
});
afterEach(async () => {
  notes.close();
  await rm(folder, { recursive: true, force: true });
});
const before = (ms: number): EpochMs => epochMs(NOON - ms);

it('notes stand in the order of their moments, on their own day, and are there after a restart', async () => {
  notes.add(before(1_000), '二号岗空了');
  notes.add(before(60_000), 'first call');
  notes.add(before(86_400_000), 'the day before');
  notes.close();
  notes = await open();
  expect(notes.of(dayOf(NOON)).map(({ text }) => text)).toEqual(['first call', '二号岗空了']);
});

it('a note is written anew with the time of that, and taken away once', () => {
  const written = notes.add(before(1_000), 'gone');
  const id = written.ok ? written.value.id : '';
  now = epochMs(NOON + 5_000);
  expect(notes.rewrite(id, 'here')).toMatchObject({
    value: { id, text: 'here', at: before(1_000), writtenAt: now },
  });
  expect([notes.remove(id).ok, notes.remove(id).ok]).toEqual([true, false]);
  expect(notes.rewrite(id, 'again')).toMatchObject({ fault: { code: 'note.unknown' } });
});

it('nobody writes about what lies ahead, and there is an end to how many stand on a day', () => {
  expect(notes.add(epochMs(NOON + 600_000), 'x')).toMatchObject({ fault: { code: 'ingest.time.future' } });
  for (let count = 0; count < MOST_NOTES_A_DAY; count += 1) notes.add(before(count), String(count));
  expect(notes.add(NOON, 'more')).toMatchObject({ fault: { code: 'note.tooMany' } });
  expect(notes.add(before(86_400_000), 'the day before').ok).toBe(true);
});
