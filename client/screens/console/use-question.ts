import type { EpochMs } from '@maplewall/shared/domain/units.ts';
import { onBeforeUnmount, ref, shallowRef, watch, type Ref, type ShallowRef } from 'vue';
import { useI18n } from 'vue-i18n';
import { sentenceOf, type Answer } from '../../stores/gateway-answer.ts';
import { oneAtATime } from './one-at-a-time.ts';

/** The present goes on: what is asked about it is asked again. */
const AGAIN_MS = 3_000;

export interface QuestionParts<T> {
  /** What is asked about; undefined asks nothing. */
  readonly subject: () => string | undefined;
  /** The past second that is meant; undefined for now. Another one asks again, and the answer before stays until then. */
  readonly moment?: () => EpochMs | undefined;
  readonly ask: () => Promise<Answer<T>>;
  /** Whether an answer stays until there is one to another subject. */
  readonly keeps?: boolean;
  readonly againMs?: number;
}

export interface Question<T> {
  /** The last answer; undefined before there is one. */
  readonly answer: ShallowRef<T | undefined>;
  /** What went wrong last, in the page's language; '' when nothing did. */
  readonly trouble: Ref<string>;
}

/** Asks whenever subject or moment are others, and again every few seconds; one question is under way at a time. */
export function useQuestion<T>(parts: QuestionParts<T>): Question<T> {
  const { subject, moment = () => undefined, ask, keeps = false, againMs = AGAIN_MS } = parts;
  const { t, locale } = useI18n();
  const answer = shallowRef<T>();
  const trouble = ref('');
  const put = oneAtATime(async () => {
    const asked = subject();
    if (asked === undefined) return;
    const found = await ask();
    const now = subject();
    // While a post is dragged, the answer to where it just was is better than none.
    if (now === undefined || (now !== asked && !keeps)) return;
    if (found.ok) answer.value = found.value;
    trouble.value = found.ok ? '' : (sentenceOf(found, locale.value) ?? t('console.unreachable'));
  });
  watch(
    subject,
    (now) => {
      if (!keeps || now === undefined) answer.value = undefined;
      trouble.value = '';
      put();
    },
    { immediate: true },
  );
  watch(moment, () => put());
  const timer = setInterval(() => {
    // A past second stays as it is.
    if (moment() === undefined) put();
  }, againMs);
  onBeforeUnmount(() => clearInterval(timer));
  return { answer, trouble };
}
