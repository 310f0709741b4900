import { epochMs } from '@maplewall/shared/domain/units.ts';
import { historyOverHttp } from '../../feed/history-source.ts';
import { ReplayFeed } from '../../feed/replay-feed.ts';
import { browserTimer } from '../../feed/timer.ts';
import type { ShownReplay } from '../shown.ts';
import { HAS_PRESENT } from './has-present.ts';

/** The feed of a replay. What the wall knew at the time only a gateway can tell, and no file that was taken along. */
export const openReplay = ({ from, knowledge }: ShownReplay): ReplayFeed =>
  new ReplayFeed({
    source: historyOverHttp('/api/history'),
    ...(HAS_PRESENT ? { sourceThen: historyOverHttp('/api/history/known') } : {}),
    timer: browserTimer,
    startAt: epochMs(from),
    knowledge,
  });
