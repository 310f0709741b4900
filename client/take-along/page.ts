import { PageAnswers } from './page-answers.ts';

/** The answers that this page holds. */
export const page = new PageAnswers(document.querySelectorAll<HTMLScriptElement>('script[data-answer]'));

/** What the maker of the file wrote onto it: where the replay begins, and the days that it holds something of. */
export const about = JSON.parse(document.querySelector('#about')?.textContent ?? '{}') as {
  /** The replay's address, as on the gateway: `/replay/DAY/TIME`. */
  readonly address: string;
  readonly days: readonly string[];
  /** Whether it holds the past as the wall knew it as well. */
  readonly knowsThen?: boolean;
};
