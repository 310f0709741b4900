import { describe, expect, it } from 'vitest';
import type { CityEvent } from '@maplewall/shared/domain/event.ts';
import type { IncidentId } from '@maplewall/shared/domain/ids.ts';
import { epochMs, lat, lng } from '@maplewall/shared/domain/units.ts';
import type { FeedState } from '../../feed/feed.ts';
import { CENTRE, EVENING, SmallCity } from '../../world/small-city.ts';
import { BuildWatch, isQuiet, pixelShift } from './unattended.ts';

const LIVE: FeedState = { kind: 'live' };
const later = (seconds: number) => epochMs(EVENING + seconds * 1_000);
const worldOf = (...events: readonly CityEvent[]) => {
  const city = new SmallCity();
  for (const event of events) city.happens(EVENING, event);
  const { keyframe } = city.keyframe(EVENING);
  if (keyframe === undefined) throw new Error('a keyframe has a world');
  return keyframe.world;
};
const received = (id: string, priority: 1 | 2 | 3 | 4): CityEvent => ({
  kind: 'incident.received',
  incidentId: id as IncidentId,
  category: 'help',
  priority,
  lng: lng(CENTRE.lng),
  lat: lat(CENTRE.lat),
  place: '',
});

describe('the shift against burn-in', () => {
  it('moves the picture every three minutes, a few pixels from step to step, and comes round', () => {
    const places = Array.from({ length: 9 }, (_, step) => pixelShift(step * 180_000));
    expect(new Set(places.map(({ right, down }) => `${right} ${down}`)).size).toBe(8);
    for (const [index, place] of places.entries()) {
      const before = places[index - 1] ?? place;
      expect(Math.hypot(place.right - before.right, place.down - before.down)).toBeLessThan(12);
      expect(Math.hypot(place.right, place.down)).toBeLessThan(12);
    }
  });
});

describe('a quiet moment', () => {
  it('is one without an open danger to life', () => {
    expect(isQuiet(worldOf(received('a', 1)), later(3_000))).toBe(false);
    expect(
      isQuiet(
        worldOf(received('a', 1), { kind: 'incident.stage', incidentId: 'a' as IncidentId, stage: 'stable' }),
        later(3_000),
      ),
    ).toBe(true);
  });

  it('is none while a half minute runs', () => {
    expect(isQuiet(worldOf(received('a', 3)), later(10))).toBe(false);
    expect(isQuiet(worldOf(received('a', 3)), later(31))).toBe(true);
  });
});

describe('a new build', () => {
  it('is loaded at the next quiet moment', () => {
    const watch = new BuildWatch('one');
    watch.named('one', 0);
    expect(watch.shouldReload(LIVE, true, 1)).toBe(false);
    watch.named('two', 10);
    expect(watch.shouldReload(LIVE, false, 20)).toBe(false);
    expect(watch.shouldReload(LIVE, true, 30)).toBe(true);
  });

  it('is loaded after ten minutes even if no moment is quiet', () => {
    const watch = new BuildWatch('one');
    watch.named('two', 0);
    watch.named('two', 300_000);
    expect(watch.shouldReload(LIVE, false, 599_999)).toBe(false);
    expect(watch.shouldReload(LIVE, false, 600_000)).toBe(true);
  });

  it('waits until the feed is live again, so that no page is asked for where nobody answers', () => {
    const watch = new BuildWatch('one');
    watch.named('two', 0);
    const since = EVENING;
    const apart: FeedState[] = [
      { kind: 'connecting', attempt: 1 },
      { kind: 'behind', since },
      { kind: 'lost', since, retryAt: since, attempt: 1 },
      { kind: 'refused', since, code: 'access', sentence: '' },
    ];
    for (const state of apart)
      expect([state, watch.shouldReload(state, true, 900_000)]).toEqual([state, false]);
    expect(watch.shouldReload(LIVE, true, 900_001)).toBe(true);
  });

  it('is told from the first one that the gateway named to this page', () => {
    const watch = new BuildWatch('');
    watch.named('one', 0);
    expect(watch.shouldReload(LIVE, true, 1)).toBe(false);
    watch.named('two', 2);
    expect(watch.shouldReload(LIVE, true, 3)).toBe(true);
  });

  it('is forgotten when the gateway goes back to this one', () => {
    const watch = new BuildWatch('one');
    watch.named('two', 0);
    watch.named('one', 5);
    expect(watch.shouldReload(LIVE, true, 10)).toBe(false);
  });
});

describe('a gateway that speaks another version', () => {
  const refused = (code: 'wireVersion' | 'access'): FeedState => ({
    kind: 'refused',
    since: undefined,
    code,
    sentence: '',
  });

  it('has the page loaded anew at once, quiet or not, though it never named its build', () => {
    const watch = new BuildWatch('');
    expect(watch.shouldReload(refused('wireVersion'), false, 86_400_000)).toBe(true);
    expect(watch.shouldReload(refused('access'), true, 86_400_000)).toBe(false);
  });

  it('has a page loaded anew no sooner than three minutes after it was loaded, so that it never does so in a quick loop', () => {
    const watch = new BuildWatch('');
    const reloads: number[] = [];
    let loadedAt = 0;
    for (let at = 0; at < 1_800_000; at += 200)
      if (watch.shouldReload(refused('wireVersion'), true, at - loadedAt)) reloads.push((loadedAt = at));
    expect(reloads).toEqual(Array.from({ length: 9 }, (_, index) => (index + 1) * 180_000));
  });
});
