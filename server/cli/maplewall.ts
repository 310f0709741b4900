import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { faultSentence } from '@maplewall/shared/domain/fault.ts';
import { MODES, type Mode } from '@maplewall/shared/domain/mode.ts';
import { SUPERVISOR } from '@maplewall/shared/domain/supervisor.ts';
import { replaceAdminKey } from '../access/admin-key.ts';
import { openSourceKeys, type SourceKeys } from '../access/source-keys.ts';
import { readSettings } from '../settings.ts';
import { historyCommand } from './history.ts';
import { importCommand } from './import.ts';
import { packCommand } from './pack.ts';
import { takeAlongCommand } from './take-along.ts';
import { reportCommand } from './report.ts';

const USAGE = `npm run maplewall -- COMMAND

  source add NAME [--mode Actual] [--auto-check-in]   a sender of records; prints its key once
                                                      (again: a new key, and the old one is worth nothing)
  source list
  source revoke NAME
  device add --source NAME --user USER --device DEVICE [--responder ID] [--call-sign SIGN]
                                                      a phone with a password of its own; prints it once
  device list
  admin-key                                           a new admin key, shown once; the old one is worth nothing
  import --file FILE --mapping MAPPING …              CSV of incidents or positions (import --help)
  take-along --from TIME --to TIME …                  a replay as one file that plays anywhere (take-along --help)
  pack --out DIR …                                    a city pack of your own GeoJSON (pack --help)
  history verify [--day YYYY-MM-DD]                   checks stored minutes; exit status 1 when one is wrong
  report --day YYYY-MM-DD --out FILE …                a day's report as a PDF (report --help)

Sources, devices and the admin key stand in DATA_DIR (default: data); a running gateway sees changes within a second.
`;

/** Opens the keys of DATA_DIR for one piece of work. */
async function withKeys(work: (keys: SourceKeys) => Promise<number>): Promise<number> {
  const read = readSettings(process.env);
  if (!read.ok) {
    console.error(read.sentence);
    return 1;
  }
  const keys = await openSourceKeys({ file: join(read.settings.dataDir, 'sources.json') });
  try {
    return await work(keys);
  } finally {
    keys.close();
  }
}

function wrong(): number {
  console.error(USAGE);
  return 1;
}

const isMode = (word: string): word is Mode => (MODES as readonly string[]).includes(word);

async function sourceCommand([verb, ...args]: readonly string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: {
      mode: { type: 'string', default: 'Actual' },
      'auto-check-in': { type: 'boolean', default: false },
    },
  });
  const [source] = positionals;
  if (verb === 'list')
    return withKeys(async (keys) => {
      for (const { id, mode, autoCheckIn } of keys.sources())
        console.log(`${id}  ${mode}${autoCheckIn ? '  checks in by itself' : ''}`);
      return 0;
    });
  if (source === undefined) return wrong();
  if (verb === 'revoke')
    return withKeys(async (keys) => {
      const found = await keys.revoke(source);
      console.log(found ? `${source} may not send any more.` : `There is no source ${source}.`);
      return found ? 0 : 1;
    });
  const { mode } = values;
  if (verb !== 'add') return wrong();
  if (source === SUPERVISOR) {
    console.error(`${SUPERVISOR} is the gateway's own source; take another name.`);
    return 1;
  }
  if (!isMode(mode)) {
    console.error(`--mode must be one of ${MODES.join(', ')}.`);
    return 1;
  }
  return withKeys(async (keys) => {
    const key = await keys.replace({ source, mode, autoCheckIn: values['auto-check-in'] });
    console.log(`The key of ${source}, shown this once:\n${key}`);
    return 0;
  });
}

async function deviceCommand([verb, ...args]: readonly string[]): Promise<number> {
  const text = { type: 'string' } as const;
  const { values } = parseArgs({
    args,
    options: { source: text, user: text, device: text, responder: text, 'call-sign': text },
  });
  if (verb === 'list')
    return withKeys(async (keys) => {
      for (const { source, user, device, responderId, callSign } of keys.devices())
        console.log(`${user}/${device}  ${responderId}  ${callSign}  (${source.id})`);
      return 0;
    });
  const { source, user, device } = values;
  if (verb !== 'add' || source === undefined || user === undefined || device === undefined) return wrong();
  return withKeys(async (keys) => {
    const added = await keys.replaceDevice({
      source,
      user,
      device,
      responderId: values.responder,
      callSign: values['call-sign'],
    });
    if (!added.ok) {
      console.error(faultSentence(added.fault, 'en'));
      return 1;
    }
    console.log(`The password of ${user}/${device}, shown this once:\n${added.value}`);
    return 0;
  });
}

async function adminKeyCommand(args: readonly string[]): Promise<number> {
  const read = readSettings(process.env);
  if (!read.ok) {
    console.error(read.sentence);
    return 1;
  }
  if (args.length > 0) return wrong();
  await mkdir(read.settings.dataDir, { recursive: true });
  const key = await replaceAdminKey(join(read.settings.dataDir, 'admin.json'));
  console.log(`The admin key, shown this once; the one before is worth nothing now:\n${key}`);
  return 0;
}

async function run([command, ...args]: readonly string[]): Promise<number> {
  switch (command) {
    case 'source':
      return sourceCommand(args);
    case 'device':
      return deviceCommand(args);
    case 'admin-key':
      return adminKeyCommand(args);
    case 'import':
      return importCommand(args);
    case 'history':
      return historyCommand(args);
    case 'take-along':
      return takeAlongCommand(args);
    case 'pack':
      return packCommand(args);
    case 'report':
      return reportCommand(args);
    case '--help':
      console.log(USAGE);
      return 0;
    default:
      return wrong();
  }
}

try {
  process.exitCode = await run(process.argv.slice(2));
} catch (error) {
  if (error instanceof TypeError && 'code' in error && String(error.code).startsWith('ERR_PARSE_ARGS')) {
    console.error(`${error.message}\n\n${USAGE}`);
    process.exitCode = 1;
  } else throw error;
}
