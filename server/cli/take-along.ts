import { createWriteStream } from 'node:fs';
import { rename, rm, stat } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';
import { Readable } from 'node:stream';
import type { ReadableStream } from 'node:stream/web';
import { parseArgs } from 'node:util';

const usage = `maplewall take-along --from TIME --to TIME [options]

Asks a running gateway for a replay as one HTML file, which plays in any browser without gateway or network.

  --from TIME    where it begins: 2026-11-20T20:00 by the clocks of the city, or with an offset of its own
  --to TIME      where it ends; up to 12 hours later
  --as then      holds the past as the wall knew it as well, not only as it is known now
  --out FILE     default: the name that the gateway gives it, in this folder
  --server URL   the gateway; default http://localhost:8080
  --key KEY      the admin key, which whoever takes positions away needs; or MAPLEWALL_KEY
`;

/** `maplewall take-along`. Answers the exit code. */
export async function takeAlongCommand(args: readonly string[]): Promise<number> {
  const { values } = parseArgs({
    args: [...args],
    options: {
      from: { type: 'string' },
      to: { type: 'string' },
      as: { type: 'string', default: 'now' },
      out: { type: 'string' },
      server: { type: 'string', default: 'http://localhost:8080' },
      key: { type: 'string', default: process.env['MAPLEWALL_KEY'] ?? '' },
      help: { type: 'boolean', default: false },
    },
  });
  const { from, to, server, key } = values;
  if (values.help || from === undefined || to === undefined) {
    console.log(usage);
    return values.help ? 0 : 1;
  }
  if (!URL.canParse(server)) return refuse(`--server ${server} is not an address.`);
  const address = new URL('/api/history/take-along', server);
  address.searchParams.set('from', from);
  address.searchParams.set('to', to);
  address.searchParams.set('as', values.as);
  const answer = await fetch(address, {
    headers: key === '' ? {} : { authorization: `Bearer ${key}` },
  }).catch(() => undefined);
  if (answer === undefined) return refuse(`No gateway answers at ${server}.`);
  if (!answer.ok || answer.body === null) return refuse(await sentenceOf(answer));
  const out = values.out ?? nameOf(answer);
  // Half a file must not be taken for a whole one.
  const part = `${out}.part`;
  try {
    await pipeline(Readable.fromWeb(answer.body as ReadableStream<Uint8Array>), createWriteStream(part));
    await rename(part, out);
  } catch (error) {
    await rm(part, { force: true });
    return refuse(`The file ${out} could not be made: ${error instanceof Error ? error.message : error}`);
  }
  const { size } = await stat(out);
  console.log(`${out}  ${(size / 1e6).toFixed(1)} MB`);
  return 0;
}

const nameOf = (answer: Response): string =>
  /filename="([\w.-]+)"/.exec(answer.headers.get('content-disposition') ?? '')?.[1] ?? 'replay.html';

async function sentenceOf(answer: Response): Promise<string> {
  const said = (await answer.json().catch(() => undefined)) as { sentence?: { en?: string } } | undefined;
  return said?.sentence?.en ?? `The gateway answered with ${answer.status}.`;
}

function refuse(sentence: string): number {
  console.error(sentence);
  return 1;
}
