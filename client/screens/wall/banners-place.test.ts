import { expect, it } from 'vitest';
import { bannersPlace } from './banners-place.ts';

const top = { left: 0, top: 0, width: 1_920, height: 75 };
const free = { left: 480, top: 75, width: 960, height: 800 };

it('banners stand over the map; without one alarms take the foot, where they hide no row of the queue, but in a replay', () => {
  expect(bannersPlace({ free, top }, 1_920, false)).toEqual({
    style: { left: '480px', width: '960px', top: '75px' },
    alarmsInFoot: false,
  });
  const over = { left: '0px', width: '1920px', top: '75px' };
  const without = { free: undefined, top };
  expect(bannersPlace(without, 1_920, false)).toEqual({ style: over, alarmsInFoot: true });
  expect(bannersPlace(without, 1_920, true)).toEqual({ style: over, alarmsInFoot: false });
});
