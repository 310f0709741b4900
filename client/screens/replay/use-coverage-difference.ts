import type { EpochMs } from '@maplewall/shared/domain/units.ts';
import { onBeforeUnmount, ref, shallowRef, watch, type Ref, type ShallowRef } from 'vue';
import { useI18n } from 'vue-i18n';
import type { SketchFeature } from '../../map/sketch.ts';
import { sentenceOf } from '../../stores/gateway-answer.ts';
import { askCoverageParts } from '../../stores/reach-questions.ts';
import { coverageDifference } from '../console/coverage-difference.ts';

/** A moment and the one that it is compared with. */
export interface MomentPair {
  readonly own: EpochMs;
  readonly other: EpochMs;
}

/**
 * Where more or less is covered at a moment than at another, by community. While the moment runs on it is asked again once the
 * answer before is there: the newest pair, and none in between.
 */
export function useCoverageDifference(pair: () => MomentPair | undefined): {
  readonly features: ShallowRef<readonly SketchFeature[] | undefined>;
  /** The moments that the features are of. */
  readonly shown: ShallowRef<MomentPair | undefined>;
  readonly trouble: Ref<string>;
} {
  const { t, locale } = useI18n();
  const features = shallowRef<readonly SketchFeature[]>();
  const shown = shallowRef<MomentPair>();
  const trouble = ref('');
  let wanted: MomentPair | undefined;
  let isAsking = false;

  async function askOn(): Promise<void> {
    if (isAsking) return;
    isAsking = true;
    for (let asked = wanted; asked !== undefined; asked = asked === wanted ? undefined : wanted) {
      const [own, other] = await Promise.all([askCoverageParts(asked.own), askCoverageParts(asked.other)]);
      // Nobody wants it any more.
      if (wanted === undefined) break;
      const failed = [own, other].find(({ ok }) => !ok);
      trouble.value =
        failed === undefined || failed.ok
          ? ''
          : (sentenceOf(failed, locale.value) ?? t('replay.unreachable'));
      if (!own.ok || !other.ok) continue;
      features.value = coverageDifference(own.value, other.value);
      shown.value = asked;
    }
    isAsking = false;
  }
  watch(
    () => {
      const now = pair();
      return now && `${now.own} ${now.other}`;
    },
    () => {
      wanted = pair();
      if (wanted === undefined) {
        features.value = undefined;
        shown.value = undefined;
        trouble.value = '';
      } else void askOn();
    },
    { immediate: true },
  );
  onBeforeUnmount(() => (wanted = undefined));
  return { features, shown, trouble };
}
