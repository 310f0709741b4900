import { onBeforeUnmount, ref, shallowRef, watch, type Ref, type ShallowRef } from 'vue';
import { useI18n } from 'vue-i18n';
import { sentenceOf, type Answer } from '../../stores/gateway-answer.ts';

/** The present goes on: what is asked about it is asked again. */
const AGAIN_MS = 3_000;

export interface Question<T> {
  /** The last answer; undefined before there is one. */
  readonly answer: ShallowRef<T | undefined>;
  /** What went wrong last, in the page's language; '' when nothing did. */
  readonly trouble: Ref<string>;
}

/**
 * Asks whenever `key` is another one, and again every few seconds; undefined asks nothing. Of several answers that are under way the
 * one to the latest question counts. `keeps`: the answer before is shown until the new one is there.
 */
export function useQuestion<T>(
  key: () => string | undefined,
  ask: () => Promise<Answer<T>>,
  { keeps = false }: { readonly keeps?: boolean } = {},
): Question<T> {
  const { t, locale } = useI18n();
  const answer = shallowRef<T>();
  const trouble = ref('');
  let asked = 0;
  let isUnderWay = false;
  const put = async (): Promise<void> => {
    const own = (asked += 1);
    isUnderWay = true;
    const found = await ask();
    if (own !== asked) return;
    isUnderWay = false;
    if (found.ok) answer.value = found.value;
    trouble.value = found.ok ? '' : (sentenceOf(found, locale.value) ?? t('console.unreachable'));
  };
  watch(
    key,
    (now) => {
      if (!keeps) answer.value = undefined;
      trouble.value = '';
      asked += 1;
      if (now === undefined) answer.value = undefined;
      else void put();
    },
    { immediate: true },
  );
  const timer = setInterval(() => {
    if (key() !== undefined && !isUnderWay) void put();
  }, AGAIN_MS);
  onBeforeUnmount(() => clearInterval(timer));
  return { answer, trouble };
}
