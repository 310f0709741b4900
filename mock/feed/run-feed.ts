import { parseArgs } from 'node:util';
import { setTimeout as wait } from 'node:timers/promises';
import { FeedFault, readSourceKeys } from './ingest-client.ts';
import { Feed } from './feed.ts';

/**
 * `node mock/main.ts feed --url URL --city DIR [--seed N] [--speed X] [--days N] [--state DIR]`: lives the demo city and
 * sends it through the public API, until SIGTERM or SIGINT. Keys come from MAPLEWALL_SOURCE_KEYS.
 */
export async function runFeed(args: readonly string[]): Promise<void> {
  const stop = new AbortController();
  process.once('SIGTERM', () => stop.abort());
  process.once('SIGINT', () => stop.abort());
  try {
    const feed = await Feed.open({
      ...readArgs(args),
      keys: readSourceKeys(process.env['MAPLEWALL_SOURCE_KEYS']),
      stopped: stop.signal,
      now: () => Date.now(),
      wait: async (ms) => {
        await wait(ms, undefined, { signal: stop.signal });
      },
      say: (line) => console.log(`demo: ${line}`),
    });
    await feed.run();
  } catch (error) {
    if (stop.signal.aborted) return;
    // The other half of the feed stops as well.
    stop.abort();
    if (!(error instanceof FeedFault)) throw error;
    console.error(`demo: ${error.message}`);
    process.exitCode = 1;
  }
}

function readArgs(args: readonly string[]) {
  let values: Readonly<Record<string, string | undefined>>;
  try {
    ({ values } = parseArgs({
      args: [...args],
      options: {
        url: { type: 'string' },
        city: { type: 'string' },
        seed: { type: 'string', default: '1' },
        speed: { type: 'string', default: '1' },
        days: { type: 'string', default: '30' },
        state: { type: 'string' },
      },
    }));
  } catch (error) {
    throw new FeedFault(error instanceof Error ? error.message : String(error));
  }
  const number = (name: string, least: number, most: number, isWhole: boolean): number => {
    const value = Number(values[name]);
    if (!(value >= least && value <= most) || (isWhole && !Number.isInteger(value)))
      throw new FeedFault(`--${name} must be a ${isWhole ? 'whole ' : ''}number from ${least} to ${most}.`);
    return value;
  };
  const { url, city, state } = values;
  if (url === undefined || !URL.canParse(url))
    throw new FeedFault('--url must be the address of the gateway.');
  if (city === undefined) throw new FeedFault('--city must be the folder of the city pack.');
  return {
    url,
    city,
    stateDir: state,
    seed: number('seed', 0, Number.MAX_SAFE_INTEGER, true),
    speed: number('speed', 1, 600, false),
    days: number('days', 1, 366, true),
  };
}
