import { onBeforeUnmount, onMounted, ref, type Ref } from 'vue';
import { useI18n } from 'vue-i18n';
import { sentenceOf } from '../../stores/gateway-answer.ts';
import { isKeyFault, type AdminGateway } from './admin-gateway.ts';

const LOOK_EVERY_MS = 3_000;

export interface Admin {
  /** What went wrong last, in the page's language; '' when nothing did. */
  readonly trouble: Ref<string>;
  /** Asks, and says what went wrong. A key that holds no more ends the visit. */
  ask<T>(...call: Parameters<AdminGateway['ask']>): Promise<T | undefined>;
}

/** What the parts of the page have in common: they ask with the key, say what failed, and look again every few seconds. */
export function useAdmin(parts: {
  readonly gateway: () => AdminGateway;
  readonly onKeyLost: () => void;
  readonly look: () => Promise<void>;
}): Admin {
  const { t, locale } = useI18n();
  const trouble = ref('');
  let timer: ReturnType<typeof setInterval> | undefined;
  onMounted(() => {
    void parts.look();
    timer = setInterval(() => void parts.look(), LOOK_EVERY_MS);
  });
  onBeforeUnmount(() => clearInterval(timer));
  return {
    trouble,
    ask: async <T>(...call: Parameters<AdminGateway['ask']>) => {
      const answer = await parts.gateway().ask<T>(...call);
      if (answer.ok) {
        trouble.value = '';
        return answer.value;
      }
      if (isKeyFault(answer)) parts.onKeyLost();
      trouble.value = sentenceOf(answer, locale.value) ?? t('admin.unreachable');
      return undefined;
    },
  };
}
