import { access } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { faultSentence } from '@maplewall/shared/domain/fault.ts';
import { minuteNo, minuteOf, startOfMinute, type MinuteNo } from '@maplewall/shared/domain/units.ts';
import { readPack } from '../city/read-pack.ts';
import { localDay, localDayOf, minuteName } from '../history/local-day.ts';
import { verifyHistory, type VerifySummary } from '../history/verify.ts';
import { readSettings } from '../settings.ts';
import { demoCityDir } from './demo.ts';

export const historyUsage = `maplewall history verify [--day YYYY-MM-DD]

Checks every stored minute of history (of one day of the city, if one is named): its bytes against its hash, that it plays from
its keyframe to its end, that it ends with the world that the next one begins with, and that no record of the log is missing.
Prints a line for each fault and what was looked at; the exit status is 1 when something is wrong. It only reads, and may
run beside the gateway. DATA_DIR and CITY_DIR say where things are, as for npm start.
`;

/** Whatever is the last minute of all. */
const NO_END = minuteNo(Number.MAX_SAFE_INTEGER);

/** `maplewall history`. Answers the exit code. */
export async function historyCommand([verb, ...args]: readonly string[]): Promise<number> {
  const { values } = parseArgs({
    args: verb === 'verify' ? args : [],
    options: { day: { type: 'string' }, help: { type: 'boolean', default: false } },
  });
  if (verb !== 'verify' || values.help) {
    console.log(historyUsage);
    return values.help || verb === '--help' ? 0 : 1;
  }
  const read = readSettings(process.env);
  if (!read.ok) return refuse(read.sentence);
  const { settings } = read;
  const pack = await readPack(settings.cityDir ?? demoCityDir(settings));
  if (!pack.ok)
    return refuse(
      `The city pack cannot be read, and with it the city's time: ${pack.faults
        .slice(0, 1)
        .map((fault) => faultSentence(fault, 'en'))
        .join('')} Set CITY_DIR as for npm start.`,
    );
  const { timeZone } = pack.pack.city;
  const day = values.day === undefined ? undefined : localDay(values.day, timeZone);
  if (values.day !== undefined && day === undefined)
    return refuse(`--day must be a day as 2026-11-20, not ${values.day}.`);
  const logFile = join(settings.dataDir, 'log.db');
  const file = join(settings.dataDir, 'history.db');
  for (const each of [logFile, file])
    if (!(await isThere(each))) return refuse(`There is no file ${each}; set DATA_DIR as for npm start.`);
  try {
    const summary = verifyHistory({
      logFile,
      file,
      from: day === undefined ? minuteNo(0) : minuteOf(day.startsAt),
      to: day === undefined ? NO_END : minuteOf(day.endsAt),
      onFault: (minute, sentence) => console.log(`${nameOf(minute, timeZone)}  ${sentence}`),
    });
    console.log(sentenceOf(summary));
    return summary.faults === 0 ? 0 : 1;
  } catch (error) {
    return refuse(`History cannot be read: ${error instanceof Error ? error.message : String(error)}.`);
  }
}

const isThere = (file: string): Promise<boolean> =>
  access(file).then(
    () => true,
    () => false,
  );

function refuse(sentence: string): number {
  console.error(sentence);
  return 1;
}

function nameOf(minute: MinuteNo, timeZone: string): string {
  const at = startOfMinute(minute);
  return `${localDayOf(at, timeZone).day} ${minuteName(at, timeZone)}`;
}

function sentenceOf({ segments, waiting, final, seams, recordsAfter, faults }: VerifySummary): string {
  const parts = [
    `segments ${segments}`,
    `waiting ${waiting}`,
    `without their positions in the log ${final}`,
    ...(recordsAfter === 0 ? [] : [`records that came too late for those ${recordsAfter}`]),
    ...(seams === 0 ? [] : [`places where what came late ends ${seams}`]),
    `faults ${faults}`,
  ];
  return parts.join(' · ');
}
