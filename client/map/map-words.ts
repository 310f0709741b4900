import { i18n } from '../i18n/i18n.ts';
import type { Messages } from '../i18n/zh-CN.ts';

export type MapLanguage = 'zh-CN' | 'en';
export type MapTheme = 'dark' | 'light' | 'print';

/** A word of the map, from the language files. */
export const mapWord = (name: keyof Messages['map'], language: MapLanguage): string =>
  i18n.global.t(`map.${name}`, {}, { locale: language });

/** What stands behind figures on marks, and whether somebody was there within half a minute. */
export const markWords = (language: MapLanguage) => ({
  seconds: mapWord('seconds', language),
  minutes: mapWord('minutes', language),
  met: mapWord('met', language),
  missed: mapWord('missed', language),
});
