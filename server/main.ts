import { createHash } from 'node:crypto';
import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { FastifyInstance } from 'fastify';
import type { Logger } from 'pino';
import type { World } from '@maplewall/shared/world/world.ts';
import { faultSentence } from '@maplewall/shared/domain/fault.ts';
import { AdminDoor } from './access/admin-door.ts';
import { openAdminKey } from './access/admin-key.ts';
import { refusalOf, rightFor } from './access/route-rights.ts';
import { ScreenTokens } from './access/screen-tokens.ts';
import { openSourceKeys, type SourceKeys } from './access/source-keys.ts';
import { ViewerDoor } from './access/viewer-door.ts';
import { Briefing } from './briefing/briefing.ts';
import { briefingRoutes } from './briefing/routes.ts';
import { readPack, type CityPack } from './city/read-pack.ts';
import { cityRoutes } from './city/routes.ts';
import { systemClock, type Clock } from './clock.ts';
import { ensureDataDir, lockDataDir } from './data-dir.ts';
import { dispatchRoutes } from './dispatch/routes.ts';
import { dataRoutes } from './export/data-routes.ts';
import { ExportDesk } from './export/export-desk.ts';
import { takeAlongRoutes } from './export/take-along-routes.ts';
import { startGateway as startSockets, type Gateway } from './gateway/sockets.ts';
import type { CityAreas } from './history/city-areas.ts';
import { heatRoutes } from './history/heat-routes.ts';
import { openHistory } from './history/history.ts';
import { localDayOf } from './history/local-day.ts';
import { historyRoutes } from './history/routes.ts';
import { storageRoutes } from './history/storage-routes.ts';
import { makeApp } from './http/app.ts';
import { healthRoutes } from './http/health.ts';
import { makeIngest, type LastFix } from './ingest/ingest.ts';
import { startMqtt } from './ingest/mqtt.ts';
import { ingestRoutes } from './ingest/routes.ts';
import { openSqliteLog } from './log/sqlite-log.ts';
import { Notes } from './notes/notes.ts';
import { noteRoutes } from './notes/routes.ts';
import { FrameCutter } from './projection/frame-cutter.ts';
import { WorldKeeper } from './projection/world-keeper.ts';
import { Reach } from './reach/reach.ts';
import { compareRoutes } from './reach/compare-routes.ts';
import { coverageRoutes } from './reach/coverage-routes.ts';
import { reachRoutes } from './reach/reach-routes.ts';
import { whatIfRoutes } from './reach/what-if-routes.ts';
import { ReportSchedule } from './report/report-schedule.ts';
import { BriefingStore } from './saved-briefings/briefing-store.ts';
import { savedBriefingRoutes } from './saved-briefings/routes.ts';
import { Layouts } from './screens/layouts.ts';
import { Pairing } from './screens/pairing.ts';
import { screenRoutes } from './screens/routes.ts';
import { WallRegistry } from './screens/walls.ts';
import { makeLogger } from './logger.ts';
import { portFault } from './ports.ts';
import type { Settings } from './settings.ts';
import { StartFault } from './start-fault.ts';

const VERSION = '0.1.0';
const PLAYER_FILE = fileURLToPath(new URL('../client/take-along/dist/player.html', import.meta.url));
const CLIENT_DIR = fileURLToPath(new URL('../client/dist', import.meta.url));

export interface RunningGateway {
  /** Where a browser on this machine finds it. */
  readonly address: string;
  readonly port: number;
  readonly mqttPort: number | undefined;
  readonly sourceKeys: SourceKeys;
  /** The admin key where this start made it: to be shown once. */
  readonly madeAdminKey: string | undefined;
  readonly keeper: WorldKeeper;
  readonly cutter: FrameCutter;
  readonly sockets: Gateway;
  stop(): Promise<void>;
}

export interface GatewayOptions {
  readonly settings: Settings;
  /** The pack to show; start.ts makes the demo city before. */
  readonly cityDir: string;
  readonly clock?: Clock;
  /** False: history makes no minute of the past before somebody asks for it, which leaves the machine to a test. */
  readonly sealsAhead?: boolean;
  readonly logger?: Logger;
  /** Folder of the built screens; those of this checkout if left out. */
  readonly clientDir?: string;
  /** The built page of a replay that is taken along; that of this checkout if left out. */
  readonly playerFile?: string;
}

/**
 * Makes all parts of the gateway, joins them and starts them; `stop` takes them down in reverse order.
 * @throws StartFault with a sentence for the person
 */
export async function startGateway(options: GatewayOptions): Promise<RunningGateway> {
  const { settings, cityDir, clock = systemClock, sealsAhead = true } = options;
  const { clientDir = CLIENT_DIR, playerFile = PLAYER_FILE } = options;
  const logger = options.logger ?? makeLogger(settings.log);
  const stops: (() => Promise<void> | void)[] = [];
  let unshown: string | undefined;
  const stop = async (): Promise<void> => {
    // What cannot be stopped properly must not keep the others from it: the log is closed last.
    const failures: unknown[] = [];
    for (let part = stops.pop(); part !== undefined; part = stops.pop()) {
      try {
        await part();
      } catch (error) {
        failures.push(error);
      }
    }
    if (failures.length > 0) throw new AggregateError(failures, 'not all parts could be stopped');
  };
  try {
    await ensureDataDir(settings.dataDir);
    stops.push(lockDataDir(settings.dataDir));
    const pack = await readPackOrFault(cityDir);
    const keysFile = join(settings.dataDir, 'sources.json');
    const sourceKeys = await openSourceKeys({ file: keysFile }).catch(unusable(keysFile));
    stops.push(() => sourceKeys.close());

    const adminFile = join(settings.dataDir, 'admin.json');
    const { adminKey, made: madeAdminKey } = await openAdminKey({ file: adminFile, logger }).catch(
      unusable(adminFile),
    );
    stops.push(() => adminKey.close());
    if (madeAdminKey !== undefined) unshown = adminFile;
    const adminDoor = new AdminDoor(adminKey, () => clock.now());
    const screensFile = join(settings.dataDir, 'screens.json');
    const screenTokens = await ScreenTokens.open(screensFile).catch(unusable(screensFile));
    const viewerDoor = new ViewerDoor({ viewers: settings.viewers, screenTokens, adminDoor });
    const layoutsFile = join(settings.dataDir, 'layouts.json');
    const layouts = await Layouts.open(layoutsFile).catch(unusable(layoutsFile));
    const notesFile = join(settings.dataDir, 'notes.db');
    const notes = await Notes.open(notesFile, clock, (at) => localDayOf(at, pack.city.timeZone)).catch(
      unusable(notesFile),
    );
    stops.push(() => notes.close());
    const walls = new WallRegistry({ now: () => clock.now(), screens: () => screenTokens.screens() });

    const briefingsFile = join(settings.dataDir, 'briefings.db');
    const briefings = await BriefingStore.open(briefingsFile, () => clock.now()).catch(
      unusable(briefingsFile),
    );
    stops.push(() => briefings.close());

    const logFile = join(settings.dataDir, 'log.db');
    const log = await openSqliteLog({ file: logFile }).catch(unusable(logFile));
    stops.push(() => log.close());
    const keeper = await WorldKeeper.open(log, join(settings.dataDir, 'projection', 'world.snapshot'));
    stops.push(() => keeper.stop());
    const cutter = new FrameCutter(keeper, clock, logger);
    const history = await openHistory({
      logFile,
      file: join(settings.dataDir, 'history.db'),
      knownFile: join(settings.dataDir, 'known.db'),
      areas: areasOf(pack),
      sealsAhead,
      rules: settings.retention,
      coverageFile: join(settings.dataDir, 'coverage.db'),
      otherFiles: [notesFile, briefingsFile],
      clock,
      logger,
    });
    stops.push(() => history.stop());
    const reach = await Reach.open({
      pack,
      logFile,
      cacheFile: join(settings.dataDir, 'streets.bin'),
      courseFile: join(settings.dataDir, 'coverage.db'),
      world: keeper.world,
      history,
      clock,
      logger,
    });
    stops.push(() => reach.stop());
    const [west = -180, south = -90, east = 180, north = 90] = pack.city.bounds;
    const ingest = makeIngest({
      log,
      clock,
      bounds: [west, south, east, north],
      logger,
      onDuty: keeper.world.responders.keys(),
      lastFixes: lastFixesOf(keeper.world),
      ageing: {
        sources: pack.city.ageing?.sources?.map(({ source }) => source) ?? [],
        responders: keeper.world.responders.values(),
      },
    });
    stops.push(() => ingest.close());

    const app = await makeApp({
      logger,
      clientDir,
      version: VERSION,
      refusalOf: (method, route, request) =>
        refusalOf({ adminDoor, viewerDoor }, rightFor(method, route), request),
    });
    stops.push(() => app.close());
    const build = await clientBuild(clientDir);
    const sockets = startSockets({
      http: app.server,
      keeper,
      cutter,
      clock,
      logger,
      build,
      viewerDoor,
      watch: walls,
    });
    screenTokens.onRevoked((screenId) => {
      sockets.closeScreen(screenId);
      walls.forget(screenId);
    });
    // Fastify waits for open sockets when it closes, so they are closed before it begins to wait.
    app.addHook('preClose', () => sockets.close());
    const startedAt = clock.now();
    const figures = () => ({
      version: VERSION,
      build,
      startedAt,
      seq: log.lastSeq(),
      frame: keeper.lastFrame,
      viewers: sockets.viewers.count,
      viewersBehind: sockets.viewers.waiting,
      refusedMessages: sockets.refusals(),
      heapBytes: process.memoryUsage().heapUsed,
    });
    healthRoutes(app, {
      mayLook: (request) => viewerDoor.identify(request) !== undefined,
      health: () => {
        const { heapBytes, ...rest } = figures();
        return { ...rest, serverTime: clock.now(), heapMiB: Math.round(heapBytes / 1024 / 1024) };
      },
    });
    cityRoutes(app, { pack });
    historyRoutes(app, { history });
    heatRoutes(app, { history });
    storageRoutes(app, { history });
    noteRoutes(app, { notes, history });
    const exported = { city: pack.city, world: keeper.world, desk: new ExportDesk() };
    dataRoutes(app, { ...exported, history, log });
    takeAlongRoutes(app, { ...exported, playerFile, history });
    reachRoutes(app, { reach, city: pack.city });
    coverageRoutes(app, { reach, pack });
    compareRoutes(app, { reach, history });
    whatIfRoutes(app, { reach, city: pack.city });
    const told = { city: pack.city, history, reach, world: keeper.world, clock };
    briefingRoutes(app, { briefing: new Briefing(told), shift: told });
    savedBriefingRoutes(app, { briefings });
    dispatchRoutes(app, { log, world: keeper.world, clock });
    screenRoutes(app, { pairing: new Pairing(), screenTokens, layouts, viewerDoor, clock, walls, figures });
    await app.register(ingestRoutes, { ingest, sourceKeys });
    const port = await listen(app, settings);

    const mqtt = settings.mqtt
      ? await startMqtt({
          ingest,
          sourceKeys,
          host: settings.host,
          port: settings.mqttPort,
          url: settings.mqttUrl,
          logger,
        }).catch((error: unknown) => {
          throw portFault(error, 'MQTT_PORT', settings.mqttPort) ?? error;
        })
      : undefined;
    if (mqtt !== undefined) stops.push(() => mqtt.stop());
    cutter.start();
    stops.push(() => cutter.stop());
    const { reportAt: at, reportDir: folder, reportLanguage: language } = settings;
    if (at !== undefined) {
      const { timeZone } = pack.city;
      // Asked inside, it is a program on this machine, whatever address the gateway listens on.
      const send = async (url: string) => {
        const answer = await app.inject({ url });
        return { status: answer.statusCode, said: answer.json<unknown>() };
      };
      const schedule = new ReportSchedule({ at, folder, language, timeZone, clock, logger, send });
      stops.push(() => schedule.stop());
    }
    return {
      address: `http://${isAnyAddress(settings.host) ? 'localhost' : settings.host}:${port}`,
      port,
      mqttPort: mqtt?.port,
      sourceKeys,
      madeAdminKey,
      keeper,
      cutter,
      sockets,
      stop,
    };
  } catch (error) {
    await stop();
    // A key that nobody was shown would be worth nothing to anybody; the next start makes another.
    if (unshown !== undefined) await rm(unshown, { force: true });
    throw error;
  }
}

function* lastFixesOf({ responders, positions }: World): Generator<LastFix> {
  for (const { id, slot } of responders.values())
    if (positions.hasFix[slot] === 1)
      yield {
        responderId: id,
        lngE5: positions.lngE5[slot] ?? 0,
        latE5: positions.latE5[slot] ?? 0,
        seconds: positions.fixAtSeconds[slot] ?? 0,
      };
}

/** What history has to know of a pack. */
function areasOf({ city, files }: CityPack): CityAreas {
  const grids = files.get('grids')?.features ?? [];
  return {
    timeZone: city.timeZone,
    precinctOfGrid: new Map(
      grids.map(({ properties }) => [String(properties['id']), String(properties['precinctId'] ?? '')]),
    ),
    precinctOfStation: new Map(city.stations.map(({ id, precinctId }) => [id, precinctId])),
  };
}

const isAnyAddress = (host: string): boolean =>
  ['0.0.0.0', '::', '127.0.0.1', '::1', 'localhost'].includes(host);

/** What is in the data folder and cannot be made anew is left as it is: the person decides. */
const unusable =
  (file: string) =>
  (error: unknown): never => {
    const reason = error instanceof Error ? error.message : String(error);
    throw new StartFault(
      `The file ${file} cannot be used: ${reason.replace(`${file} `, 'it ')}. Put a copy of it back, or set DATA_DIR to another folder.`,
    );
  };

const FAULTS_SHOWN = 5;

async function readPackOrFault(dir: string): Promise<CityPack> {
  const read = await readPack(dir);
  if (read.ok) return read.pack;
  // One sentence with what is wrong in it: the first few faults, since the others are often of the same kind.
  const shown = read.faults
    .slice(0, FAULTS_SHOWN)
    .map((found) => faultSentence(found, 'en').replace(/\.$/, ''));
  const more = read.faults.length > shown.length ? `; and ${read.faults.length - shown.length} more` : '';
  throw new StartFault(
    `The city pack in ${dir} cannot be used (${shown.join('; ')}${more}); correct it, or set CITY_DIR to another folder.`,
  );
}

async function listen(app: FastifyInstance, settings: Settings): Promise<number> {
  try {
    await app.listen({ port: settings.port, host: settings.host });
  } catch (error) {
    throw portFault(error, 'PORT', settings.port) ?? error;
  }
  const address = app.server.address();
  return typeof address === 'object' && address !== null ? address.port : settings.port;
}

/** A short name of the screens that are served: the hash of their page, which names all its files. */
async function clientBuild(clientDir: string): Promise<string> {
  const page = await readFile(join(clientDir, 'index.html')).catch(() => undefined);
  return page === undefined ? 'none' : createHash('sha256').update(page).digest('hex').slice(0, 12);
}
