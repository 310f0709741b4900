import { expect, it } from 'vitest';
import { en } from '../i18n/en.ts';
import { i18n } from '../i18n/i18n.ts';
import { mapWord, markWords } from './map-words.ts';

it('marks speak the language of their map, out of the language files', () => {
  i18n.global.setLocaleMessage('en', en);
  expect(markWords('zh-CN')).toEqual({ seconds: '秒', minutes: '分', met: '达标', missed: '未达' });
  expect(markWords('en')).toEqual({ seconds: 's', minutes: 'm', met: 'MET', missed: 'MISS' });
  expect(mapWord('title', 'zh-CN')).toBe('地图');
});
