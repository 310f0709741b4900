import { epochMs, type EpochMs } from '@maplewall/shared/domain/units.ts';
import type { Ref } from 'vue';
import { useRoute, useRouter } from 'vue-router';
import type { CityTime } from '../../world/city-time.ts';
import { liveAddress } from './live-address.ts';
import type { WallOptions } from './wall-options.ts';

/** How a wall of the present leaves it for a while: for what just happened, and for the briefing at shift change. */
export function useLookingBack(
  options: WallOptions,
  time: Readonly<Ref<CityTime>>,
  isVisitor: Readonly<Ref<boolean>>,
): {
  /** Shows what was so many seconds before a moment, as it was known then. */
  rewind(at: EpochMs, secondsAgo: number): void;
  /** Goes to the briefing if it is time for it; the caller knows that nothing would be missed. */
  briefIfDue(at: EpochMs): void;
} {
  const { path } = useRoute();
  const router = useRouter();
  const live = () => liveAddress(path, options.words, isVisitor.value);
  return {
    rewind: (at, secondsAgo) => {
      const from = live();
      void import('../replay/rewind.ts').then(({ rewindAddress }) =>
        router.push(rewindAddress(epochMs(at - secondsAgo * 1_000), time.value, from)),
      );
    },
    briefIfDue: (at) => {
      if (options.brief === undefined) return;
      const from = live();
      void import('./shift-brief.ts').then(({ shiftBrief }) => {
        const brief = shiftBrief(options.brief, at, time.value, from);
        if (brief !== undefined) void router.replace(brief());
      });
    },
  };
}
