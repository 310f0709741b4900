import type { City } from '@maplewall/shared/domain/city.ts';
import type { Feed } from '../../feed/feed.ts';
import { LiveFeed } from '../../feed/live-feed.ts';
import { socketsTo } from '../../feed/live-socket.ts';
import { browserTimer } from '../../feed/timer.ts';
import type { useConnection } from '../../stores/connection.ts';
import type { useSummary } from '../../stores/summary.ts';
import { ClientWorld } from '../../world/client-world.ts';
import type { CityTime } from '../../world/city-time.ts';
import { summarise } from '../../world/summarise.ts';
import type { Shown } from '../shown.ts';
import type { Districts } from './districts.ts';

/** Vue hears of the world four times a second at most; the map hears of it at once. */
const SUMMARY_EVERY_MS = 250;

export interface WallSession {
  readonly feed: Feed;
  readonly clientWorld: ClientWorld;
  /** The live feed where the moving present is shown: through it the page reports. */
  readonly live: LiveFeed | undefined;
  /** The client build of this page, as the gateway named it when the page came; '' until then. */
  build(): string;
  stop(): void;
}

export interface SessionParts {
  readonly city: City;
  readonly time: CityTime;
  readonly shown: Shown;
  /** Shows the first picture only, in which time stands. */
  readonly still: boolean;
  /** The build of the screens that the gateway serves, at each welcome. */
  readonly onBuild: (build: string) => void;
  readonly summary: ReturnType<typeof useSummary>;
  readonly connection: ReturnType<typeof useConnection>;
  /** Areas of the city, as soon as they are read. */
  readonly districts: () => Districts | undefined;
}

/** Joins a feed to a world and the world to the stores. What only a replay needs is fetched by a replay. */
export async function startSession(parts: SessionParts): Promise<WallSession> {
  const { city, time, shown, still, onBuild, summary, connection, districts } = parts;
  let build = '';
  const moving =
    shown.kind === 'live'
      ? new LiveFeed({
          openSocket: socketsTo(''),
          timer: browserTimer,
          random: Math.random,
          onBuild: (served) => {
            if (build === '') build = served;
            onBuild(served);
          },
        })
      : (await import('../replay/open-replay.ts')).openReplay(shown);
  const feed: Feed = still ? new (await import('../../feed/still-feed.ts')).StillFeed(moving) : moving;
  const clientWorld = new ClientWorld({ city, now: () => feed.shownAt() });
  connection.showsPresent = feed.capabilities.showsPresent;
  connection.set(feed.state);
  feed.start({
    onBatch: (batch) => clientWorld.onBatch(batch),
    onState: (state) => connection.set(state),
  });
  if (shown.kind === 'replay') feed.playback?.setSpeed(shown.speed);
  if (!still) feed.playback?.play();
  connection.showsThen = feed.playback?.knowledge === 'then';
  const timer = setInterval(() => {
    connection.showsThen = feed.playback?.knowledge === 'then';
    if (clientWorld.version === 0) return;
    const at = feed.shownAt();
    const known = districts();
    const { world } = clientWorld;
    summary.set(summarise(world, at, time, known?.areas));
  }, SUMMARY_EVERY_MS);
  return {
    feed,
    clientWorld,
    live: moving instanceof LiveFeed && !still ? moving : undefined,
    build: () => build,
    stop: () => {
      clearInterval(timer);
      feed.stop();
    },
  };
}

/** Whether what is shown at this moment is what was known then; `shownAt` makes Vue ask again every second. */
export const showsThen = (session: WallSession | undefined, shownAt: number): boolean =>
  shownAt > 0 && session?.feed.playback?.knowledge === 'then';
