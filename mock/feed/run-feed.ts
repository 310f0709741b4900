import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { Calendar } from '../life/duty.ts';
import type { Life } from '../life/day.ts';
import { readLifePack } from '../life/pack.ts';
import { makePeople } from '../life/people.ts';
import { fillPositions } from './fill-positions.ts';
import { IngestClient, readKeys } from './ingest-client.ts';
import { LiveFeed } from './live.ts';
import { sendPastEvents } from './send-past.ts';

/** `node mock/main.ts feed …`: the past's events, then the present, with the past's positions behind it. */
export async function runFeed(args: readonly string[]): Promise<void> {
  const { values } = parseArgs({
    args: [...args],
    options: {
      url: { type: 'string', default: 'http://localhost:8080' },
      city: { type: 'string', default: 'data/city-1' },
      seed: { type: 'string', default: '1' },
      speed: { type: 'string', default: '1' },
      days: { type: 'string', default: '30' },
      state: { type: 'string' },
      quiet: { type: 'boolean', default: false },
    },
  });
  const stop = new AbortController();
  process.once('SIGTERM', () => stop.abort());
  process.once('SIGINT', () => stop.abort());
  const say = (line: string): void => {
    if (!values.quiet) console.log(line);
  };
  const client = new IngestClient(values.url, readKeys(process.env['MAPLEWALL_SOURCE_KEYS']), stop.signal);
  const pack = await readLifePack(values.city);
  const seed = Number(values.seed);
  const now = Date.now();
  const calendar = new Calendar(pack.city.timeZone, now);
  const life: Life = { pack, people: makePeople(pack, seed), calendar, seed };
  const days = Math.max(1, Number(values.days));
  const firstDay = calendar.dayOf(now) - days;

  await sendPastEvents(life, client, firstDay, now, say);
  if (stop.signal.aborted) return;
  const live = new LiveFeed(life, client, now, Number(values.speed));
  await live.sendWhereabouts();
  say('demo: the city lives');
  const stateFile = values.state === undefined ? undefined : join(values.state, `positions-${seed}.json`);
  await Promise.all([
    live.run(stop.signal),
    fillPositions(life, client, { first: firstDay, until: now }, stateFile, stop.signal, say),
  ]);
}
