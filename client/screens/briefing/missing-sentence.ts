import type { EpochMs } from '@maplewall/shared/domain/units.ts';
import { i18n } from '../../i18n/i18n.ts';
import type { CityTime } from '../../world/city-time.ts';
import type { Missing } from './scene-run.ts';

/** What a scene lacks, in the language that is spoken. */
export function missingSentence(missing: Missing, time: CityTime): string {
  const { t } = i18n.global;
  const moment = (at: EpochMs): string => `${time.day(at)} ${time.clock(at)}`;
  switch (missing.kind) {
    case 'gap':
    case 'gone':
      return t(`scenes.${missing.kind}`, { from: moment(missing.from), until: moment(missing.until) });
    case 'ended':
      return t('scenes.ended', { at: moment(missing.at) });
    case 'failed':
      return t('scenes.failed', { code: missing.fault.code });
  }
}
