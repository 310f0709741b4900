import { readdir, readFile, writeFile } from 'node:fs/promises';
import { DatabaseSync } from 'node:sqlite';
import { pino } from 'pino';
import { expect, it } from 'vitest';
import { epochMs } from '@maplewall/shared/domain/units.ts';
import { Archive, AREAS } from './event-time.fixture.ts';
import { openHistory } from './history.ts';

it('a damaged file of history is made anew, and kept beside, one beside the other, where the log does not hold everything', async () => {
  const archive = await Archive.open(Date.now());
  const file = `${archive.folder}/damaged.db`;
  /** What was put aside, by its name. */
  const kept = async (): Promise<Readonly<Record<string, string>>> => {
    const names = (await readdir(archive.folder)).filter((name) => name.startsWith('damaged.db.'));
    const texts = names.map(async (name) => [name, (await readFile(`${archive.folder}/${name}`)).toString()]);
    return Object.fromEntries(await Promise.all(texts)) as Record<string, string>;
  };
  const openDamaged = async (content: string): Promise<Readonly<Record<string, string>>> => {
    await writeFile(file, content);
    const history = await openHistory({
      logFile: archive.logFile,
      file,
      knownFile: archive.knownFile,
      areas: AREAS,
      clock: { now: () => epochMs(Date.now()) },
      logger: pino({ level: 'silent' }),
    });
    expect(history.days().days).toEqual([]);
    await history.stop();
    return kept();
  };
  try {
    const [first, second, third] = ['one ', 'two ', 'three '].map((word) => word.repeat(300));
    expect(await openDamaged(first ?? '')).toEqual({});
    const log = new DatabaseSync(archive.logFile);
    log.exec('INSERT INTO forgotten VALUES (1)');
    log.close();
    expect(await openDamaged(second ?? '')).toEqual({ 'damaged.db.damaged': second });
    // Either may be the only copy of its minutes, so neither takes the place of the other.
    expect(await openDamaged(third ?? '')).toEqual({
      'damaged.db.damaged': second,
      'damaged.db.damaged-2': third,
    });
  } finally {
    await archive.close();
  }
});
