import type { City } from '@maplewall/shared/domain/city.ts';
import type { EpochMs } from '@maplewall/shared/domain/units.ts';
import type { FeedState } from '../../../feed/feed.ts';
import { historyOverHttp } from '../../../feed/history-source.ts';
import { ReplayFeed } from '../../../feed/replay-feed.ts';
import { browserTimer } from '../../../feed/timer.ts';
import { i18n } from '../../../i18n/i18n.ts';
import { ClientWorld } from '../../../world/client-world.ts';

/** The world at a past moment, beside whatever the page shows. Time stands in it. */
export interface WorldThen {
  readonly clientWorld: ClientWorld;
  /** How history answered: whether there is anything of this moment. */
  readonly state: FeedState;
}

/** @throws when history cannot be read */
export async function worldAt(city: City, at: EpochMs): Promise<WorldThen> {
  const feed = new ReplayFeed({
    source: historyOverHttp('/api/history'),
    timer: browserTimer,
    startAt: at,
  });
  const clientWorld = new ClientWorld({ city, now: () => at });
  try {
    const state = await new Promise<FeedState>((resolve) => {
      feed.start({
        onBatch: (batch) => clientWorld.onBatch(batch),
        onState: (now) => {
          if (now.kind !== 'loading' && now.kind !== 'paused') resolve(now);
        },
      });
      // Only a feed that plays says whether the moment lies in a gap.
      feed.playback.setSpeed(0.25);
      feed.playback.play();
    });
    if (state.kind === 'failed') throw new Error(i18n.global.t('scenes.failed', { code: state.fault.code }));
    return { clientWorld, state };
  } finally {
    feed.stop();
  }
}
