import type { City } from '@maplewall/shared/domain/city.ts';
import type { EpochMs } from '@maplewall/shared/domain/units.ts';
import type { CityTime } from '../../world/city-time.ts';
import type { MapPick } from '../../map/map-handle.ts';
import type { ReplayMap } from '../wall/use-wall-map.ts';
import type { WallSession } from '../wall/wall-session.ts';
import type { Span } from './time-scale.ts';
import type { ReplayDay } from './use-replay-day.ts';

/** What every tool of a replay is given. A tool leaves the map as it found it when it is closed. */
export interface ToolProps {
  readonly session: WallSession;
  readonly city: City;
  readonly time: CityTime;
  readonly shownAt: EpochMs;
  /** Undefined until the day is read. */
  readonly day: ReplayDay | undefined;
  readonly map: ReplayMap;
  /** Whether the replay shows what the wall knew at the time. */
  readonly isThen: boolean;
  /** What somebody points at or has touched. */
  readonly pointed: MapPick | undefined;
  /** The passage that is chosen on the line. */
  readonly range: Span | undefined;
  /** Reads the day anew, after a tool changed something of it. */
  readonly lookAgain: () => Promise<void>;
}
