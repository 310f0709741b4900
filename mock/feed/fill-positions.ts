import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { liveDay, type Life } from '../life/day.ts';
import { emptyBatch, Phones } from '../life/fixes.ts';
import type { IngestClient } from './ingest-client.ts';

/** Days at full rate; the ones before at one fix a minute. */
const FULL_DAYS = 2;
/** Share of one core that filling in may take beside the living city. */
const SHARE_OF_TIME = 0.4;
const MINUTES_PER_BATCH = 10;

/**
 * Sends the positions of past days, newest day first, slowly, while the city lives on. Which days are done stands in a small file;
 * a day that was broken off is sent again, and its batches' keys keep what is there from standing there twice.
 */
export async function fillPositions(
  life: Life,
  client: IngestClient,
  days: { readonly first: number; readonly until: number },
  stateFile: string | undefined,
  stopped: AbortSignal,
  say: (line: string) => void,
): Promise<void> {
  const done = new Set(await readDone(stateFile));
  const today = life.calendar.dayOf(days.until);
  for (let day = today; day >= days.first; day -= 1) {
    if (done.has(day)) continue;
    const full = today - day <= FULL_DAYS;
    const lived = liveDay(life, day);
    const phones = new Phones(life, lived, liveDay(life, day - 1));
    const start = life.calendar.startOf(day) / 1_000;
    const end = Math.min(life.calendar.startOf(day + 1), days.until) / 1_000;
    const step = MINUTES_PER_BATCH * (full ? 1 : 6) * 60;
    for (let from = start; from < end; from += step) {
      if (stopped.aborted) return;
      const began = performance.now();
      const batch = emptyBatch();
      const to = Math.min(end, from + step);
      if (full) for (let second = from; second < to; second += 1) phones.addSecond(second, batch);
      else for (let second = from; second < to; second += 60) phones.addMinute(second, batch);
      await sendInParts(client, batch, `fill/${life.seed}/${day}/${from}`);
      const took = performance.now() - began;
      await wait(took * (1 / SHARE_OF_TIME - 1), undefined, { signal: stopped }).catch(() => undefined);
    }
    if (day < today) {
      done.add(day);
      await writeDone(stateFile, [...done]);
    }
    say(
      `demo: positions of ${life.calendar.nameOf(day)} are in (${today - day + 1} of ${today - days.first + 1} days)`,
    );
  }
}

const FIXES_PER_BATCH = 10_000;

async function sendInParts(
  client: IngestClient,
  batch: ReturnType<typeof emptyBatch>,
  key: string,
): Promise<void> {
  for (let from = 0; from < batch.who.length; from += FIXES_PER_BATCH) {
    const to = from + FIXES_PER_BATCH;
    await client.sendFixes(
      {
        responders: batch.responders,
        who: batch.who.slice(from, to),
        lng: batch.lng.slice(from, to),
        lat: batch.lat.slice(from, to),
        fixAt: batch.fixAt.slice(from, to),
      },
      `${key}/${from}`,
    );
  }
}

async function readDone(file: string | undefined): Promise<readonly number[]> {
  if (file === undefined) return [];
  const text = await readFile(file, 'utf8').catch(() => '[]');
  try {
    const days: unknown = JSON.parse(text);
    return Array.isArray(days) ? days.filter((day) => typeof day === 'number') : [];
  } catch {
    // A file that was cut off by a power failure: the days are sent again, and stand there once.
    return [];
  }
}

async function writeDone(file: string | undefined, days: readonly number[]): Promise<void> {
  if (file === undefined) return;
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, JSON.stringify(days));
}
