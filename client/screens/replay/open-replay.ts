import { epochMs } from '@maplewall/shared/domain/units.ts';
import { historyOverHttp } from '../../feed/history-source.ts';
import { ReplayFeed } from '../../feed/replay-feed.ts';
import { browserTimer } from '../../feed/timer.ts';
import type { ShownReplay } from '../shown.ts';
import { KNOWS_THEN } from './has-present.ts';

/** The feed of a replay. What the wall knew at the time a gateway can tell, and a file that was taken along with it. */
export const openReplay = ({ from, knowledge }: ShownReplay): ReplayFeed =>
  new ReplayFeed({
    source: historyOverHttp('/api/history'),
    ...(KNOWS_THEN ? { sourceThen: historyOverHttp('/api/history/known') } : {}),
    timer: browserTimer,
    startAt: epochMs(from),
    knowledge,
  });
