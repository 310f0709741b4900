import type { EpochMs } from '@maplewall/shared/domain/units.ts';
import { ref, type Ref } from 'vue';
import { useI18n } from 'vue-i18n';
import { sentenceOf } from '../../../stores/gateway-answer.ts';
import { AdminGateway, isKeyFault } from '../../admin/admin-gateway.ts';
import { dropAdminKey, keepAdminKey, keptAdminKey } from '../../admin/kept-admin-key.ts';

export interface NoteWriting {
  /** Whether the admin key has to be entered before anything can be written. */
  readonly needsKey: Ref<boolean>;
  /** What went wrong last, in the page's language; '' when nothing did. */
  readonly trouble: Ref<string>;
  readonly isBusy: Ref<boolean>;
  /** Keeps the key for this tab; whether it is the right one shows when something is written. */
  readonly enter: (key: string) => void;
  readonly write: (at: EpochMs, text: string) => Promise<boolean>;
  readonly rewrite: (id: string, text: string) => Promise<boolean>;
  readonly remove: (id: string) => Promise<boolean>;
}

/** Changes of notes on the gateway; `onChanged` is called after each one that it took. */
export function useNoteWriting(onChanged: () => Promise<void>): NoteWriting {
  const { t, locale } = useI18n();
  const needsKey = ref(keptAdminKey() === undefined);
  const trouble = ref('');
  const isBusy = ref(false);

  async function send(method: 'POST' | 'PATCH' | 'DELETE', path: string, body?: object): Promise<boolean> {
    isBusy.value = true;
    const answer = await new AdminGateway(keptAdminKey() ?? '').ask(method, path, body);
    if (answer.ok) await onChanged();
    isBusy.value = false;
    trouble.value = answer.ok ? '' : (sentenceOf(answer, locale.value) ?? t('replay.unreachable'));
    if (isKeyFault(answer)) {
      dropAdminKey();
      needsKey.value = true;
    }
    return answer.ok;
  }
  const at = (id: string): string => `/api/notes/${encodeURIComponent(id)}`;
  return {
    needsKey,
    trouble,
    isBusy,
    enter: (key) => {
      keepAdminKey(key.trim());
      needsKey.value = false;
      trouble.value = '';
    },
    write: (moment, text) => send('POST', '/api/notes', { at: moment, text }),
    rewrite: (id, text) => send('PATCH', at(id), { text }),
    remove: (id) => send('DELETE', at(id)),
  };
}
