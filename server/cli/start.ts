import { fileURLToPath } from 'node:url';
import { ensureDataDir } from '../data-dir.ts';
import { startGateway } from '../main.ts';
import { ensurePortsFree } from '../ports.ts';
import { readSettings, settingsHelp } from '../settings.ts';
import { StartFault } from '../start-fault.ts';
import { buildClient, buildPlayer } from './build-client.ts';
import { ensureDemoCity, startDemo } from './demo.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const say = (line: string): void => console.log(line);

async function start(): Promise<void> {
  const read = readSettings(process.env);
  if (!read.ok) throw new StartFault(read.sentence);
  const { settings } = read;
  await ensureDataDir(settings.dataDir);
  await ensurePortsFree(settings);
  await buildClient(root, say);
  const cityDir = settings.cityDir ?? (await ensureDemoCity(root, settings, say));
  const gateway = await startGateway({ settings, cityDir });
  // Nobody waits for it: it is needed when the first replay is taken along.
  buildPlayer(root, () => undefined).catch((error: unknown) => {
    console.error(error instanceof StartFault ? error.message : error);
  });
  const demo = settings.demo
    ? await startDemo({ root, settings, cityDir, address: gateway.address, sourceKeys: gateway.sourceKeys })
    : undefined;

  let stopping = false;
  const stop = async (): Promise<void> => {
    if (stopping) return;
    stopping = true;
    const impatient = setTimeout(() => process.exit(1), 10_000);
    await demo?.stop();
    await gateway.stop();
    clearTimeout(impatient);
    process.exit(0);
  };
  process.on('SIGINT', () => void stop());
  process.on('SIGTERM', () => void stop());
  // Said last: whoever reads it may end us at once.
  if (gateway.madeAdminKey !== undefined)
    say(
      `Keep this admin key, it is shown only once; /admin asks for it to admit screens and acknowledge alarms: ${gateway.madeAdminKey}`,
    );
  say(`Maplewall 枫屏  ${gateway.address}`);
}

const unknown = process.argv.slice(2).find((word) => word !== '--help');
if (unknown !== undefined) {
  console.error(
    `${unknown} is not known here; settings are environment variables, and npm start -- --help lists them.`,
  );
  process.exit(1);
} else if (process.argv.includes('--help')) say(settingsHelp());
else {
  start().catch((error: unknown) => {
    if (error instanceof StartFault) console.error(error.message);
    else console.error('Maplewall could not start:', error);
    process.exit(1);
  });
}
