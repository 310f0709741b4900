import { Feed } from '@maplewall/mock/feed/feed.ts';
import { SOURCES, type SourceName } from '@maplewall/mock/life/records.ts';
import type { TestGateway } from './start-gateway.ts';

/** Always the same city and the same people. */
export const DEMO_SEED = 1;

export type DemoKeys = Readonly<Record<SourceName, string>>;

/** Makes the demo's sources known to a gateway, as those of simulated data: the wall's frame says DEMO. */
export async function addDemoSources({ gateway }: TestGateway): Promise<DemoKeys> {
  const keys = {} as Record<SourceName, string>;
  for (const source of SOURCES)
    keys[source] = await gateway.sourceKeys.replace({ source, mode: 'Test', autoCheckIn: false });
  return keys;
}

export interface DemoLife {
  readonly server: TestGateway;
  readonly cityDir: string;
  readonly keys: DemoKeys;
  /** Days of history before the present. */
  readonly days: number;
  readonly now: () => number;
  readonly wait: (ms: number) => Promise<void>;
  readonly stopped: AbortSignal;
  readonly say?: (line: string) => void;
}

/** Lives the demo city on a gateway until it is stopped, by a clock of the caller's. */
export async function liveDemo({ server, cityDir, say = () => undefined, ...rest }: DemoLife): Promise<void> {
  const feed = await Feed.open({
    url: server.url,
    city: cityDir,
    stateDir: undefined,
    seed: DEMO_SEED,
    speed: 1,
    say,
    ...rest,
  });
  await feed.run();
}
