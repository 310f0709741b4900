import { join, resolve } from 'node:path';

/** One setting: its name, where it comes from, what it may be, and what it is for. */
interface SettingRow {
  readonly env: string;
  readonly fallback: string;
  readonly what: string;
  /** The sentence to the person when the value is wrong; undefined when it is right. */
  readonly check: (value: string) => string | undefined;
}

const ALWAYS = 'always';
/** The last 24 hours are looked at on the live wall, and the world counts 48. */
const LEAST_DAYS = 3;

const port = (value: string): string | undefined =>
  /^\d{1,5}$/.test(value) && Number(value) <= 65_535 ? undefined : 'must be a port from 0 to 65535';
const oneOf =
  (...words: readonly string[]) =>
  (value: string): string | undefined =>
    words.includes(value) ? undefined : `must be one of ${words.join(', ')}`;
const whole =
  (least: number, most: number) =>
  (value: string): string | undefined =>
    /^\d{1,9}$/.test(value) && Number(value) >= least && Number(value) <= most
      ? undefined
      : `must be a whole number from ${least} to ${most}`;
const days = (value: string): string | undefined =>
  value === ALWAYS
    ? undefined
    : whole(LEAST_DAYS, 36_500)(value) && `must be ${ALWAYS} or a number of days from ${LEAST_DAYS} on`;
const notEmpty = (value: string): string | undefined =>
  value.trim() === '' ? 'must not be empty' : undefined;

const isBroker = (value: string): boolean => {
  const url = URL.canParse(value) ? new URL(value) : undefined;
  return url !== undefined && /^mqtts?:$/.test(url.protocol) && url.hostname !== '';
};

/** Every setting there is; `npm start -- --help` prints this table. */
export const SETTINGS = {
  port: { env: 'PORT', fallback: '8080', what: 'port of the wall and of the API', check: port },
  host: {
    env: 'HOST',
    fallback: '127.0.0.1',
    what: 'address to listen on; 0.0.0.0 lets phones and other screens in',
    check: notEmpty,
  },
  viewers: {
    env: 'VIEWERS',
    fallback: 'paired',
    what: 'who may look from other machines: paired (screens that were admitted) or open (everybody)',
    check: oneOf('paired', 'open'),
  },
  dataDir: {
    env: 'DATA_DIR',
    fallback: 'data',
    what: 'folder for the log, history and keys',
    check: notEmpty,
  },
  cityDir: {
    env: 'CITY_DIR',
    fallback: '',
    what: 'city pack to show; without it the demo city in DATA_DIR, made if absent',
    check: () => undefined,
  },
  demo: {
    env: 'DEMO',
    fallback: 'on',
    what: 'simulated people and incidents: on or off',
    check: oneOf('on', 'off'),
  },
  demoSeed: {
    env: 'DEMO_SEED',
    fallback: '1',
    what: 'seed of the demo city and its life',
    check: whole(0, 999_999_999),
  },
  demoSpeed: {
    env: 'DEMO_SPEED',
    fallback: '1',
    what: 'how much faster than real the demo lives',
    check: whole(1, 600),
  },
  demoDays: { env: 'DEMO_DAYS', fallback: '30', what: 'days of demo history', check: whole(1, 366) },
  mqtt: {
    env: 'MQTT',
    fallback: 'on',
    what: 'take positions over MQTT (OwnTracks): on or off',
    check: oneOf('on', 'off'),
  },
  mqttPort: { env: 'MQTT_PORT', fallback: '1884', what: 'port of the broker inside', check: port },
  mqttUrl: {
    env: 'MQTT_URL',
    fallback: '',
    what: 'an outside broker instead of the one inside, as mqtt://user:password@host:1883',
    check: (value) =>
      value === '' || isBroker(value) ? undefined : 'must be an address as mqtt://host:1883 or mqtts://host',
  },
  keepPositions: {
    env: 'KEEP_POSITIONS_DAYS',
    fallback: ALWAYS,
    what: 'days that raw positions are kept; replay and events stay (docs/decisions/007-what-may-be-forgotten.md)',
    check: days,
  },
  keepSegments: {
    env: 'KEEP_SEGMENTS_DAYS',
    fallback: ALWAYS,
    what: 'days that can be replayed; only beside KEEP_POSITIONS_DAYS, and no fewer. Counts, incidents and events stay',
    check: days,
  },
  thinAfter: {
    env: 'THIN_POSITIONS_AFTER_DAYS',
    fallback: ALWAYS,
    what: 'days that raw positions are kept as they came; afterwards some of them stay',
    check: days,
  },
  thinTo: {
    env: 'THIN_POSITIONS_TO_SECONDS',
    fallback: '30',
    what: 'so many seconds for each fix of a responder that then stays',
    check: whole(2, 60),
  },
  reportAt: {
    env: 'REPORT_AT',
    fallback: '',
    what: "when yesterday's report is made each day, as 07:00 by the city's clocks; never if empty",
    check: (value) =>
      value === '' || /^([01]\d|2[0-3]):[0-5]\d$/.test(value) ? undefined : 'must be a time as 07:00',
  },
  reportDir: {
    env: 'REPORT_DIR',
    fallback: '',
    what: 'folder for these reports; reports in DATA_DIR if empty',
    check: () => undefined,
  },
  reportLanguage: {
    env: 'REPORT_LANG',
    fallback: 'zh-CN',
    what: 'their language: zh-CN or en',
    check: oneOf('zh-CN', 'en'),
  },
  log: {
    env: 'LOG',
    fallback: 'warn',
    what: 'how much is written to the terminal: error, warn, info, debug',
    check: oneOf('error', 'warn', 'info', 'debug'),
  },
} as const satisfies Record<string, SettingRow>;

export interface Settings {
  readonly port: number;
  readonly host: string;
  readonly viewers: 'paired' | 'open';
  readonly dataDir: string;
  /** Undefined: the demo city. */
  readonly cityDir: string | undefined;
  readonly demo: boolean;
  readonly demoSeed: number;
  readonly demoSpeed: number;
  readonly demoDays: number;
  readonly mqtt: boolean;
  readonly mqttPort: number;
  readonly mqttUrl: string | undefined;
  /** What may be forgotten; undefined: nothing of that. */
  readonly retention: {
    readonly keepPositionsDays: number | undefined;
    readonly keepSegmentsDays: number | undefined;
    readonly thinPositions: { readonly afterDays: number; readonly toSeconds: number } | undefined;
  };
  /** HH:MM; undefined: no reports. */
  readonly reportAt: string | undefined;
  readonly reportDir: string;
  readonly reportLanguage: 'zh-CN' | 'en';
  readonly log: 'error' | 'warn' | 'info' | 'debug';
}

export type ReadSettings =
  | { readonly ok: true; readonly settings: Settings }
  | { readonly ok: false; readonly sentence: string };

/** Reads the settings of an environment; the first that is wrong is named in one sentence. */
export function readSettings(env: Readonly<Record<string, string | undefined>>): ReadSettings {
  const value = (name: keyof typeof SETTINGS): string => env[SETTINGS[name].env] ?? SETTINGS[name].fallback;
  for (const [name, row] of Object.entries(SETTINGS)) {
    const problem = row.check(value(name as keyof typeof SETTINGS));
    if (problem !== undefined)
      return {
        ok: false,
        sentence: `${row.env}=${value(name as keyof typeof SETTINGS)} cannot be used: it ${problem}.`,
      };
  }
  const optional = (name: keyof typeof SETTINGS): string | undefined => value(name) || undefined;
  const daysOf = (name: keyof typeof SETTINGS): number | undefined =>
    value(name) === ALWAYS ? undefined : Number(value(name));
  const thinAfter = daysOf('thinAfter');
  const [keepPositionsDays, keepSegmentsDays] = [daysOf('keepPositions'), daysOf('keepSegments')];
  if ((keepSegmentsDays ?? Infinity) < (keepPositionsDays ?? Infinity))
    return {
      ok: false,
      sentence: `${SETTINGS.keepSegments.env}=${keepSegmentsDays} cannot be used: it must not be less than ${SETTINGS.keepPositions.env} (${value('keepPositions')}), because segments are made of positions.`,
    };
  const cityDir = optional('cityDir');
  return {
    ok: true,
    settings: {
      port: Number(value('port')),
      host: value('host'),
      viewers: value('viewers') as Settings['viewers'],
      dataDir: resolve(value('dataDir')),
      cityDir: cityDir === undefined ? undefined : resolve(cityDir),
      demo: value('demo') === 'on',
      demoSeed: Number(value('demoSeed')),
      demoSpeed: Number(value('demoSpeed')),
      demoDays: Number(value('demoDays')),
      mqtt: value('mqtt') === 'on',
      mqttPort: Number(value('mqttPort')),
      mqttUrl: optional('mqttUrl'),
      retention: {
        keepPositionsDays,
        keepSegmentsDays,
        thinPositions:
          thinAfter === undefined ? undefined : { afterDays: thinAfter, toSeconds: Number(value('thinTo')) },
      },
      reportAt: optional('reportAt'),
      reportDir: resolve(optional('reportDir') ?? join(value('dataDir'), 'reports')),
      reportLanguage: value('reportLanguage') as Settings['reportLanguage'],
      log: value('log') as Settings['log'],
    },
  };
}

/** The table of settings for `--help`. */
export function settingsHelp(): string {
  const row = (env: string, fallback: string, what: string): string =>
    `  ${env.padEnd(26)} ${fallback.padEnd(11)} ${what}`;
  const rows = Object.values(SETTINGS).map(({ env, fallback, what }) => row(env, fallback, what));
  return [
    'npm start',
    '',
    'Installs, builds the screens, makes the demo city if there is none, and starts the gateway.',
    'Each setting is an environment variable: PORT=9090 npm start',
    '',
    row('setting', 'default', 'what it is'),
    ...rows,
    '',
  ].join('\n');
}
