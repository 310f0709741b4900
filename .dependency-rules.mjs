/**
 * The import table: which room may import which, with the reason. `npm run check` enforces it (type-only
 * imports count as well). Rooms that are not named in `may` are out of reach; a room may always import itself.
 */
export const table = [
  { room: 'shared/domain', may: [], why: 'words come before everything that uses them' },
  { room: 'shared/geo', may: ['shared/domain'], why: 'units only' },
  { room: 'shared/rules', may: ['shared/domain', 'shared/geo'], why: 'pure rules over words' },
  { room: 'shared/world', may: ['shared/domain', 'shared/geo', 'shared/rules'], why: 'no clock, no I/O' },
  { room: 'shared/frame', may: ['shared/domain', 'shared/world'], why: 'bytes of worlds and what they gain' },
  {
    room: 'shared/wire',
    may: ['shared/domain', 'shared/frame', 'shared/rules'],
    why: 'messages carry frames, and figures that rules make',
  },

  { room: 'server/log', may: ['shared/domain'], why: 'the log knows no other room' },
  { room: 'server/thread', may: [], why: 'a thread that is asked and answers, whatever the questions are' },
  {
    room: 'server/access',
    may: ['shared'],
    why: 'keys and devices; rooms ask it, it asks nobody',
  },
  { room: 'server/city', may: ['shared', 'server/http'], why: 'reads a pack and serves it' },
  {
    room: 'server/ingest',
    may: ['shared', 'server/log', 'server/access', 'server/city', 'server/http', 'server/clock.ts'],
    why: 'the only door: it writes to the log and reads nothing back',
  },
  {
    room: 'server/projection',
    may: ['shared', 'server/log', 'server/clock.ts'],
    why: 'the world is made from the log alone',
  },
  {
    room: 'server/dispatch',
    may: ['shared', 'server/projection', 'server/log', 'server/access', 'server/http', 'server/clock.ts'],
    why: 'a command becomes a record, and comes back the same way as all news',
  },
  {
    room: 'server/gateway',
    may: ['shared', 'server/projection', 'server/log', 'server/access', 'server/clock.ts'],
    why: 'viewers see the projection; history and ingest are not its business',
  },
  {
    room: 'server/history',
    may: [
      'shared',
      'server/projection',
      'server/log',
      'server/access',
      'server/http',
      'server/thread',
      'server/clock.ts',
    ],
    why: 'segments are made from the log alone',
  },
  {
    room: 'server/reach',
    may: [
      'shared',
      'server/city',
      'server/log',
      'server/history',
      'server/http',
      'server/thread',
      'server/clock.ts',
    ],
    why: 'streets come from the pack, the present from a world it is handed, the past from history',
  },
  {
    room: 'server/export',
    may: ['shared', 'server/history', 'server/log', 'server/http'],
    why: 'files are made of history and of the log; for a replay it asks the gateway as its viewer would',
  },
  {
    room: 'server/briefing',
    may: ['shared', 'server/history', 'server/reach', 'server/http', 'server/clock.ts'],
    why: 'what is worth telling is chosen from history and from how the half minutes went; it keeps nothing',
  },
  {
    room: 'server/report',
    may: ['shared', 'client/i18n', 'client/design/category-signs.ts', 'server/clock.ts'],
    why: 'a report tells what the gateway answers over HTTP, in the words and signs of the screens',
  },
  {
    room: 'server/notes',
    may: ['shared', 'server/history', 'server/http', 'server/clock.ts'],
    why: 'people’s words on the line of a day; what happened on it is not its business, only which day it is',
  },
  {
    room: 'server/screens',
    may: ['shared', 'server/access', 'server/http', 'server/clock.ts'],
    why: 'screens are admitted, set up and watched; what they show is not its business',
  },
  {
    room: 'server/saved-briefings',
    may: ['shared', 'server/http', 'server/clock.ts'],
    why: 'scenes name moments and places; what was there is asked of history by whoever shows them',
  },
  {
    room: 'server/http',
    may: ['shared/domain', 'shared/wire', 'server/clock.ts'],
    why: 'main.ts hands it each room’s routes',
  },
  { room: 'server/clock.ts', may: ['shared/domain'], why: 'time is a parameter' },
  {
    room: 'server/ports.ts',
    may: ['server/settings.ts', 'server/start-fault.ts'],
    why: 'a sentence about a port',
  },
  { room: 'server/logger.ts', may: [], why: 'how the gateway writes about itself' },
  { room: 'server/settings.ts', may: ['shared/domain'], why: 'settings are words and checks' },
  { room: 'server/main.ts', may: ['server', 'shared'], why: 'composition root' },
  { room: 'server/cli', may: ['server', 'shared'], why: 'commands; imported by nobody' },

  { room: 'client/design', may: [], why: 'tokens depend on nothing' },
  { room: 'client/i18n', may: [], why: 'language files depend on nothing' },
  { room: 'client/feed', may: ['shared'], why: 'no Vue, no map: frames from anywhere' },
  { room: 'client/world', may: ['client/feed', 'shared'], why: 'the fold, outside reactivity' },
  {
    room: 'client/map',
    may: ['client/world', 'client/design', 'client/i18n', 'shared'],
    why: 'draws a world it is given, in the words of the language files',
  },
  { room: 'client/stores', may: ['client/world', 'client/feed', 'shared'], why: 'small summaries for Vue' },
  {
    room: 'client/panels',
    may: ['client/stores', 'client/design', 'client/i18n', 'shared', 'client/world/summarise.ts'],
    why: 'panels see summaries, never the bulk',
  },
  { room: 'client/screens', may: ['client', 'shared'], why: 'a screen joins map, panels and stores' },
  { room: 'client/fixtures', may: ['client', 'shared'], why: 'every state of a screen by address' },

  { room: 'mock', may: ['shared/domain', 'shared/geo'], why: 'the demo uses the public API alone' },
];

const escape = (path) => path.replaceAll('.', '\\.');
const inside = (path) => (path.endsWith('.ts') ? `^${escape(path)}$` : `^${escape(path)}(/|$)`);

/** Libraries that only one room, or one file, may name. */
const libraries = [
  { library: 'vue|pinia|vue-router|vue-i18n|maplibre-gl', never: '^client/(feed|world)/' },
  { library: 'pinia', never: '^client/map/' },
  { library: 'maplibre-gl|@deck\\.gl', never: '^client/(feed|world|stores|panels|screens|design|i18n)/' },
  { library: 'socket\\.io', never: '^server/(?!gateway/|main\\.ts)' },
  { library: 'typebox', never: '^(?!shared/domain/schema\\.ts|server/)' },
];

export default {
  forbidden: [
    {
      name: 'no-cycles',
      comment: 'A file that needs its user is two files in one.',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
    {
      name: 'not-resolvable',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true, pathNot: '\\?url$|\\?worker|^virtual:|\\.css$|\\.woff2' },
    },
    ...table.map(({ room, may, why }) => ({
      name: room,
      comment: why,
      severity: 'error',
      from: { path: inside(room), pathNot: '\\.(test|contract|arbitrary|bench)\\.ts$' },
      to: {
        path: '^(shared|server|client|mock|tests)/',
        pathNot: [room, ...may].map(inside).concat('node_modules'),
      },
    })),
    ...['shared', 'mock', 'client', 'server'].map((top) => ({
      name: `tests-of-${top}-stay-at-home`,
      comment: 'a test beside its file crosses no room but its own top folder and shared',
      severity: 'error',
      from: { path: `^${top}/.*\\.(test|contract|arbitrary|bench)\\.ts$` },
      to: { path: '^(shared|server|client|mock|tests)/', pathNot: [`^${top}/`, '^shared/', 'node_modules'] },
    })),
    ...libraries.map(({ library, never }) => ({
      name: `library-${library}`,
      severity: 'error',
      from: { path: never, pathNot: '\\.test\\.ts$' },
      to: { path: `node_modules/(${library})` },
    })),
    {
      name: 'shared-is-pure',
      comment: 'never Node, never the DOM',
      severity: 'error',
      from: { path: '^shared/', pathNot: '\\.test\\.ts$' },
      to: { dependencyTypes: ['core'] },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '(^|/)(dist|node_modules/\\.cache)/' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default', 'types'],
      extensions: ['.ts', '.vue', '.mjs', '.js', '.json'],
    },
    preserveSymlinks: false,
  },
};
