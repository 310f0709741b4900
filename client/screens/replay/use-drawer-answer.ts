import { onBeforeUnmount, ref, shallowRef, type Ref, type ShallowRef } from 'vue';
import { useI18n } from 'vue-i18n';
import { askGateway, sentenceOf } from '../../stores/gateway-answer.ts';

export interface DrawerAnswer<T> {
  readonly answer: ShallowRef<T | undefined>;
  /** What went wrong last, in the page's language; '' when nothing did. */
  readonly trouble: Ref<string>;
  readonly isAsking: Ref<boolean>;
  /** Whether the answer is not whole yet, and is asked for again. */
  readonly isGrowing: Ref<boolean>;
  /** Asks anew; what was asked before is forgotten. */
  readonly ask: (address: string) => void;
  /** Forgets the answer and asks nothing more. */
  readonly clear: () => void;
}

/** One question of a drawer, asked again while its answer says that more will come. */
export function useDrawerAnswer<T>(
  isUnfinished: (answer: T, before: T | undefined) => boolean,
  againMs: number,
): DrawerAnswer<T> {
  const { t, locale } = useI18n();
  const answer = shallowRef<T>();
  const trouble = ref('');
  const isAsking = ref(false);
  const isGrowing = ref(false);
  let asked = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;

  async function put(address: string, number: number): Promise<void> {
    const found = await askGateway<T>(address);
    if (number !== asked) return;
    isAsking.value = false;
    if (!found.ok) {
      isGrowing.value = false;
      trouble.value = sentenceOf(found, locale.value) ?? t('replay.unreachable');
      return;
    }
    const before = answer.value;
    answer.value = found.value;
    isGrowing.value = isUnfinished(found.value, before);
    if (isGrowing.value) timer = setTimeout(() => void put(address, number), againMs);
  }
  function clear(): void {
    asked += 1;
    clearTimeout(timer);
    answer.value = undefined;
    trouble.value = '';
    isAsking.value = false;
    isGrowing.value = false;
  }
  function ask(address: string): void {
    clear();
    isAsking.value = true;
    void put(address, asked);
  }
  onBeforeUnmount(clear);
  return { answer, trouble, isAsking, isGrowing, ask, clear };
}
