import { createI18n } from 'vue-i18n';
import { zhCN, type Messages } from './zh-CN.ts';

export type Language = 'zh-CN' | 'en';

/** Chinese first; `?lang=en` or the remembered choice for English. */
export function chosenLanguage(search: string, remembered: string | null): Language {
  const asked = new URLSearchParams(search).get('lang') ?? remembered;
  return asked === 'en' ? 'en' : 'zh-CN';
}

/** The words of all screens. Chinese is there from the beginning; English comes when somebody reads it. */
export const i18n = createI18n<[Messages], Language, false>({
  legacy: false,
  locale: 'zh-CN',
  fallbackLocale: 'zh-CN',
  messages: { 'zh-CN': zhCN } as Record<Language, Messages>,
});

/** Changes to a language as soon as its words are there. Without the gateway they do not come, and all stays as it is. */
export async function speak(language: Language): Promise<void> {
  if (language === 'en' && !i18n.global.availableLocales.includes('en')) {
    const words = await import('./en.ts').catch((error: unknown) => {
      console.warn(`the English words could not be read: ${String(error)}`);
    });
    if (words === undefined) return;
    i18n.global.setLocaleMessage('en', words.en);
  }
  for (const [name, words] of added) i18n.global.mergeLocaleMessage(language, { [name]: words[language] });
  i18n.global.locale.value = language;
  document.documentElement.lang = language;
}

const added = new Map<string, Readonly<Record<Language, object>>>();

/** Adds words that only some screens need, in the language that is spoken now and in each that will be, under a name of their own. */
export function addWords(name: string, words: Readonly<Record<Language, object>>): void {
  added.set(name, words);
  const { locale } = i18n.global;
  i18n.global.mergeLocaleMessage(locale.value, { [name]: words[locale.value] });
}
