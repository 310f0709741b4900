/** `t` of vue-i18n. */
type Translate = (key: string, values: { readonly count: number }) => string;

/** A time within which somebody is there, in words: seconds below a minute, else minutes. */
export const horizonWord = (t: Translate, seconds: number): string =>
  seconds < 60
    ? t('panel.coverageSeconds', { count: seconds })
    : t('panel.coverageMinutes', { count: seconds / 60 });
