import { DateTime } from 'luxon';
import type { EpochMs } from '@maplewall/shared/domain/units.ts';
import type { Say } from '@maplewall/shared/rules/chapters/caption.ts';
import type { ReportData } from './report-data.ts';
import { sayIn, type ReportLanguage } from './say.ts';

/** How one report speaks: its language, and the clocks of its city. */
export class ReportWords {
  readonly language: ReportLanguage;
  readonly say: Say;
  readonly #timeZone: string;

  constructor(language: ReportLanguage, timeZone: string) {
    this.language = language;
    this.say = sayIn(language);
    this.#timeZone = timeZone;
  }

  name({ zh, en }: { readonly zh: string; readonly en: string }): string {
    return this.language === 'en' ? en : zh;
  }

  clock(at: EpochMs): string {
    return this.#at(at).toFormat('HH:mm:ss');
  }

  minute(at: EpochMs): string {
    return this.#at(at).toFormat('HH:mm');
  }

  moment(at: EpochMs): string {
    return this.#at(at).toFormat('yyyy-MM-dd HH:mm');
  }

  weekday(at: EpochMs): string {
    return this.#at(at).setLocale(this.language).toFormat('cccc');
  }

  /** The word for data that are not of the real world; '' where they are. */
  modeWord({ chapters: { modes } }: Pick<ReportData, 'chapters'>): string {
    if (modes.includes('Test')) return this.say('report.simulated');
    return modes.includes('Exercise') || modes.includes('Draft') ? this.say('report.exercise') : '';
  }

  #at(at: EpochMs): DateTime {
    return DateTime.fromMillis(at, { zone: this.#timeZone });
  }
}
