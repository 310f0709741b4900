import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { makePack, type PackSources } from '@maplewall/server/city/make-pack.ts';
import type { Clock } from '@maplewall/server/clock.ts';
import { startGateway, type RunningGateway } from '@maplewall/server/main.ts';
import { readSettings } from '@maplewall/server/settings.ts';

export interface TestGateway {
  readonly gateway: RunningGateway;
  readonly url: string;
  readonly dataDir: string;
  readonly cityDir: string;
  /** A key of a new source. */
  addSource(name: string, options?: { readonly autoCheckIn?: boolean }): Promise<string>;
  /** Stops the gateway and takes its folder away. */
  stop(): Promise<void>;
  /** Stops the gateway and starts it anew on the same folder and port, with other screens if a folder of such is named. */
  restart(clientDir?: string): Promise<TestGateway>;
}

export interface TestGatewayOptions {
  /** west, south, east, north of a made-up city. */
  readonly bounds?: readonly [number, number, number, number];
  readonly timeZone?: string;
  /** GeoJSON files of a made-up city. */
  readonly files?: PackSources['files'];
  readonly cityDir?: string;
  readonly mqtt?: boolean;
  readonly clock?: Clock;
  readonly sealsAhead?: boolean;
  readonly clientDir?: string;
  /** A page to be taken along in place of the built one. */
  readonly playerFile?: string;
  /** Further settings, by their environment variables. */
  readonly env?: Readonly<Record<string, string>>;
}

/** The real gateway on free ports and a folder of its own. */
export async function startTestGateway(options: TestGatewayOptions = {}): Promise<TestGateway> {
  const folder = await mkdtemp(join(tmpdir(), 'maplewall-test-'));
  const cityDir = options.cityDir ?? join(folder, 'city');
  if (options.cityDir === undefined)
    await makePack(
      {
        id: 'test-city',
        name: { zh: '测试市', en: 'Test city' },
        timeZone: options.timeZone ?? 'Asia/Shanghai',
        coordinateSystem: 'WGS84',
        bounds: options.bounds ?? [120.38, 27.4, 120.8, 27.68],
        files: options.files ?? {},
      },
      cityDir,
    );
  return start(folder, cityDir, options);
}

async function start(folder: string, cityDir: string, options: TestGatewayOptions): Promise<TestGateway> {
  const dataDir = join(folder, 'data');
  const read = readSettings({
    PORT: '0',
    MQTT_PORT: '0',
    MQTT: options.mqtt === true ? 'on' : 'off',
    DATA_DIR: dataDir,
    LOG: 'error',
    ...options.env,
  });
  if (!read.ok) throw new Error(read.sentence);
  const gateway = await startGateway({
    settings: read.settings,
    cityDir,
    ...(options.clock === undefined ? {} : { clock: options.clock }),
    ...(options.sealsAhead === undefined ? {} : { sealsAhead: options.sealsAhead }),
    ...(options.clientDir === undefined ? {} : { clientDir: options.clientDir }),
    ...(options.playerFile === undefined ? {} : { playerFile: options.playerFile }),
  });
  return {
    gateway,
    url: gateway.address,
    dataDir,
    cityDir,
    addSource: (source, { autoCheckIn = false } = {}) =>
      gateway.sourceKeys.replace({ source, mode: 'Actual', autoCheckIn }),
    stop: async () => {
      await gateway.stop();
      await rm(folder, { recursive: true, force: true });
    },
    restart: async (clientDir) => {
      await gateway.stop();
      return start(folder, cityDir, {
        ...options,
        ...(clientDir === undefined ? {} : { clientDir }),
        env: { ...options.env, PORT: String(gateway.port) },
      });
    },
  };
}
