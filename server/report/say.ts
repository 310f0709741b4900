import { briefingEn } from '../../client/i18n/briefing/en.ts';
import { briefingZhCN } from '../../client/i18n/briefing/zh-CN.ts';
import { consoleEn } from '../../client/i18n/console/en.ts';
import { consoleZhCN } from '../../client/i18n/console/zh-CN.ts';
import { en } from '../../client/i18n/en.ts';
import { reportEn } from '../../client/i18n/report/en.ts';
import { reportZhCN } from '../../client/i18n/report/zh-CN.ts';
import { zhCN } from '../../client/i18n/zh-CN.ts';
import type { Say } from '@maplewall/shared/rules/chapters/caption.ts';

export const REPORT_LANGUAGES = ['zh-CN', 'en'] as const;
export type ReportLanguage = (typeof REPORT_LANGUAGES)[number];

/** The words of the screens, so that a report calls everything as they do. */
const WORDS: Readonly<Record<ReportLanguage, object>> = {
  'zh-CN': { ...zhCN, console: consoleZhCN, briefing: briefingZhCN, report: reportZhCN },
  en: { ...en, console: consoleEn, briefing: briefingEn, report: reportEn },
};

/** @throws for a path at which there is no word */
export const sayIn =
  (language: ReportLanguage): Say =>
  (path, values = {}) => {
    let found: unknown = WORDS[language];
    for (const part of path.split('.'))
      found =
        typeof found === 'object' && found !== null ? (found as Record<string, unknown>)[part] : undefined;
    if (typeof found !== 'string') throw new Error(`there is no word ${path}`);
    return found.replaceAll(/\{(\w+)\}/g, (_, name: string) => String(values[name] ?? ''));
  };

/** All words of a language in one text: what characters a report may need. */
export const everyWord = (language: ReportLanguage): string => JSON.stringify(WORDS[language]);
