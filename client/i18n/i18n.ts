import { createI18n } from 'vue-i18n';
import { en } from './en.ts';
import { zhCN, type Messages } from './zh-CN.ts';

export type Language = 'zh-CN' | 'en';

/** Chinese first; `?lang=en` or the remembered choice for English. */
export function chosenLanguage(search: string, remembered: string | null): Language {
  const asked = new URLSearchParams(search).get('lang') ?? remembered;
  return asked === 'en' ? 'en' : 'zh-CN';
}

export const makeI18n = (language: Language) =>
  createI18n<[Messages], Language, false>({
    legacy: false,
    locale: language,
    fallbackLocale: 'zh-CN',
    messages: { 'zh-CN': zhCN, en },
  });
