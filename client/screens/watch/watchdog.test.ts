import { describe, expect, it } from 'vitest';
import { framedAddress, newlyWatched, onAlive, onLook } from './watchdog.ts';

describe('the watchdog', () => {
  it('leaves a page alone that shows life', () => {
    let watched = newlyWatched(0);
    for (let now = 1_000; now < 600_000; now += 1_000) {
      watched = onAlive(watched, now);
      expect(onLook(watched, now + 500).reload).toBe(false);
    }
  });

  it('loads a page anew that has been silent for fifteen seconds', () => {
    const watched = onAlive(newlyWatched(0), 5_000);
    expect(onLook(watched, 19_999).reload).toBe(false);
    const { watched: after, reload } = onLook(watched, 20_000);
    expect(reload).toBe(true);
    expect(after).toMatchObject({ loadedAt: 20_000, aliveAt: undefined, reloads: 1 });
  });

  it('gives a page that never shows life twice the time with each load, up to ten minutes', () => {
    let watched = newlyWatched(0);
    const loads: number[] = [];
    for (let now = 0; now < 3_600_000; now += 1_000) {
      const look = onLook(watched, now);
      watched = look.watched;
      if (look.reload) loads.push(now / 1_000);
    }
    expect(loads.slice(0, 4)).toEqual([60, 180, 420, 900]);
    expect((loads.at(-1) ?? 0) - (loads.at(-2) ?? 0)).toBe(600);
  });
});

describe('the address that is framed', () => {
  const framed = (here: string, asked: string | null) => framedAddress(new URL(here), asked).href;

  it('is the other name of this machine, for a process of its own', () => {
    expect(framed('http://localhost:8080/watch', null)).toBe('http://127.0.0.1:8080/wall');
    expect(framed('http://127.0.0.1:8080/watch', '/wall/east?sound')).toBe(
      'http://localhost:8080/wall/east?sound',
    );
  });

  it('is what somebody asked for elsewhere', () => {
    expect(framed('http://wall.local/watch', 'http://10.0.0.5:8080/wall')).toBe('http://10.0.0.5:8080/wall');
    expect(framed('http://wall.local/watch', '/wall')).toBe('http://wall.local/wall');
  });

  it('is never a script', () => {
    expect(framed('http://localhost:8080/watch', 'javascript:alert(1)')).toBe('http://localhost:8080/wall');
  });
});
