import { parseArgs } from 'node:util';

/** The demo's commands: makes the demo city, and lives a day in it through the public API. */
const USAGE = `node mock/main.ts city --out DIR [--seed N]
node mock/main.ts feed --url URL --city DIR [--seed N] [--speed X] [--days N]`;

const [command, ...args] = process.argv.slice(2);
if (command === 'city') {
  const { values } = parseArgs({
    args,
    options: { out: { type: 'string' }, seed: { type: 'string', default: '1' } },
  });
  const seed = Number(values.seed);
  if (values.out === undefined || !Number.isSafeInteger(seed)) {
    console.error(USAGE);
    process.exitCode = 2;
  } else {
    const { writePack } = await import('./city/write-pack.ts');
    await writePack({ out: values.out, seed });
    console.log(`city pack written to ${values.out}`);
  }
} else if (command === 'feed') {
  const { runFeed } = await import('./feed/run-feed.ts');
  await runFeed(args);
} else {
  console.error(USAGE);
  process.exitCode = 2;
}
