import { epochMs } from '@maplewall/shared/domain/units.ts';
import { describe, expect, it } from 'vitest';
import { CityTime } from '../../world/city-time.ts';
import { addressBeforeRewind, rewindAddress } from './rewind.ts';

const time = new CityTime('Asia/Shanghai', 'en');
const at = epochMs(Date.UTC(2026, 10, 20, 12, 30, 5));

describe('a screen of the present that is rewound', () => {
  it('becomes a replay of the moment as it was known then, with the words of its address', () => {
    expect(rewindAddress(at, time, { path: '/wall', search: '?lang=en&theme=light' })).toBe(
      '/replay/2026-11-20/20:30:05?lang=en&theme=light&as=then&rewound=%2Fwall',
    );
    expect(rewindAddress(at, time, { path: '/console', search: '' })).toBe(
      '/console/2026-11-20/20:30:05?as=then&rewound=%2Fconsole',
    );
  });

  it('finds its way back to where it was', () => {
    for (const live of [
      { path: '/wall', search: '?lang=en' },
      { path: '/wall/east-side', search: '' },
      { path: `/wall/${encodeURIComponent('指挥大厅')}`, search: '' },
      { path: '/wall/', search: '' },
      { path: '/console', search: '?theme=light' },
    ]) {
      const { search } = new URL(rewindAddress(at, time, live), 'http://wall');
      expect(addressBeforeRewind(`${search}&speed=60`)).toBe(live.path + live.search);
    }
  });

  it('is led to no other place by what an address says', () => {
    for (const word of [
      '',
      '%',
      'https://elsewhere.example/',
      '//elsewhere.example/wall',
      '/admin',
      '/wall/../admin',
    ])
      expect(addressBeforeRewind(`?rewound=${encodeURIComponent(word)}`)).toBe('/wall');
    expect(addressBeforeRewind('?as=then')).toBeUndefined();
  });
});
