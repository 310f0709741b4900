import { access, writeFile } from 'node:fs/promises';
import { DatabaseSync } from 'node:sqlite';
import { pino } from 'pino';
import { expect, it } from 'vitest';
import { epochMs } from '@maplewall/shared/domain/units.ts';
import { Archive, AREAS } from './event-time.fixture.ts';
import { openHistory } from './history.ts';

it('a damaged file of history is made anew, and kept beside where the log does not hold everything', async () => {
  const archive = await Archive.open(Date.now());
  const file = `${archive.folder}/damaged.db`;
  const isKept = (): Promise<boolean> =>
    access(`${file}.damaged`).then(
      () => true,
      () => false,
    );
  const openDamaged = async (): Promise<boolean> => {
    await writeFile(file, 'no database '.repeat(100));
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
    return isKept();
  };
  try {
    expect(await openDamaged()).toBe(false);
    const log = new DatabaseSync(archive.logFile);
    log.exec('INSERT INTO forgotten VALUES (1)');
    log.close();
    expect(await openDamaged()).toBe(true);
  } finally {
    await archive.close();
  }
});
