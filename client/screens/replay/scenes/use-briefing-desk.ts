import type {
  BriefingList,
  BriefingVersions,
  SavedBriefing,
} from '@maplewall/shared/wire/saved-briefings.ts';
import { computed, ref, shallowRef, watch, type ComputedRef, type Ref, type ShallowRef } from 'vue';
import { useI18n } from 'vue-i18n';
import { askGateway, sentenceOf, type Answer } from '../../../stores/gateway-answer.ts';
import { pageStorage } from '../../../stores/page-storage.ts';
import { AdminGateway, isKeyFault } from '../../admin/admin-gateway.ts';
import { dropAdminKey, keepAdminKey, keptAdminKey } from '../../admin/kept-admin-key.ts';
import {
  contentOf,
  draftOf,
  draftText,
  EMPTY_DRAFT,
  isUnsaved,
  readDraft,
  savedAs,
  type Draft,
} from './draft.ts';

/** The draft lives in the browser until it is saved or thrown away, also when the page is loaded again. */
const DRAFT = 'maplewall-scenes-draft';

export interface BriefingDesk {
  readonly draft: ShallowRef<Draft>;
  readonly isUnsaved: ComputedRef<boolean>;
  /** What went wrong last; '' when nothing did. */
  readonly trouble: Ref<string>;
  /** Something waits for the admin key. */
  readonly wantsKey: Ref<boolean>;
  /** Somebody else has saved a newer version meanwhile. */
  readonly isLate: Ref<boolean>;
  readonly isAsking: Ref<boolean>;
  /** As a new version, or as a briefing of its own. */
  save(asNew: boolean): Promise<void>;
  remove(briefing: BriefingList['briefings'][number]): Promise<boolean>;
  /** The key that was waited for: what was wanted is done with it. */
  giveKey(key: string): Promise<void>;
  /** Puts another draft in place of this one. */
  open(id: string, version: number): Promise<boolean>;
  startAnew(): void;
  list(): Promise<BriefingList['briefings']>;
  versions(id: string): Promise<BriefingVersions['versions']>;
}

/** A draft, and what can be done with it at the gateway. */
export function useBriefingDesk(): BriefingDesk {
  const { t, locale } = useI18n();
  const draft = shallowRef(readDraft(pageStorage.getItem(DRAFT)) ?? EMPTY_DRAFT);
  watch(draft, (now) => pageStorage.setItem(DRAFT, draftText(now)));
  const trouble = ref('');
  const wantsKey = ref(false);
  const isLate = ref(false);
  const isAsking = ref(false);
  let wanted: (() => Promise<unknown>) | undefined;

  /** Undefined when it went wrong, which is then said. */
  const told = <T>(answer: Answer<T>): T | undefined => {
    trouble.value = answer.ok ? '' : (sentenceOf(answer, locale.value) ?? t('scenes.unreachable'));
    return answer.ok ? answer.value : undefined;
  };
  const withKey = async <T>(
    call: (gateway: AdminGateway) => Promise<Answer<T>>,
    again: () => Promise<unknown>,
  ): Promise<Answer<T> | undefined> => {
    const key = keptAdminKey();
    wanted = again;
    wantsKey.value = key === undefined;
    if (key === undefined) return undefined;
    isAsking.value = true;
    const answer = await call(new AdminGateway(key));
    isAsking.value = false;
    told(answer);
    if (isKeyFault(answer)) {
      dropAdminKey();
      wantsKey.value = true;
    }
    return answer;
  };

  const save = async (asNew: boolean): Promise<void> => {
    const given = draft.value;
    const content = contentOf(given);
    const origin = asNew ? undefined : given.origin;
    const answer = await withKey<SavedBriefing>(
      (gateway) =>
        origin === undefined
          ? gateway.ask('POST', '/api/briefings', content)
          : gateway.ask('PUT', `/api/briefings/${encodeURIComponent(origin.id)}`, {
              ...content,
              basedOn: origin.newest,
            }),
      () => save(asNew),
    );
    if (answer === undefined) return;
    isLate.value = !answer.ok && answer.code === 'briefing.changed';
    if (answer.ok) draft.value = savedAs(draft.value, answer.value);
  };
  const remove = async (briefing: BriefingList['briefings'][number]): Promise<boolean> => {
    const { id, version } = briefing;
    const answer = await withKey<SavedBriefing>(
      (gateway) => gateway.ask('DELETE', `/api/briefings/${encodeURIComponent(id)}?basedOn=${version}`),
      () => remove(briefing),
    );
    if (answer?.ok !== true) return false;
    // Whoever is at work on it goes on with what would bring it back.
    const { origin } = draft.value;
    if (origin?.id === id)
      draft.value = { ...draft.value, origin: { id, newest: answer.value.newest, text: '' } };
    return true;
  };
  return {
    draft,
    isUnsaved: computed(() => isUnsaved(draft.value)),
    trouble,
    wantsKey,
    isLate,
    isAsking,
    save,
    remove,
    giveKey: async (key) => {
      keepAdminKey(key);
      wantsKey.value = false;
      await wanted?.();
    },
    open: async (id, version) => {
      const found = told(
        await askGateway<SavedBriefing>(`/api/briefings/${encodeURIComponent(id)}?version=${version}`),
      );
      if (found === undefined) return false;
      isLate.value = false;
      draft.value = draftOf(found);
      return true;
    },
    startAnew: () => {
      isLate.value = false;
      trouble.value = '';
      draft.value = EMPTY_DRAFT;
    },
    list: async () => told(await askGateway<BriefingList>('/api/briefings?deleted=true'))?.briefings ?? [],
    versions: async (id) =>
      told(await askGateway<BriefingVersions>(`/api/briefings/${encodeURIComponent(id)}/versions`))
        ?.versions ?? [],
  };
}
