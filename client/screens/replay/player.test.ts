import { describe, expect, it } from 'vitest';
import { epochMs, type EpochMs } from '@maplewall/shared/domain/units.ts';
import type { Playback } from '../../feed/feed.ts';
import { commandOf, incidentFrom, nextSpeed, perform } from './player.ts';

const press = (key: string, held: object = {}) =>
  commandOf({ key, shiftKey: false, ctrlKey: false, altKey: false, metaKey: false, ...held });

class Player implements Playback {
  knowledge = 'now' as const;
  canChangeKnowledge = false;
  setKnowledge = (): void => undefined;
  isPlaying = true;
  speed = 1;
  at: EpochMs = epochMs(100_000);
  play = (): void => void (this.isPlaying = true);
  pause = (): void => void (this.isPlaying = false);
  setSpeed = (speed: number): void => void (this.speed = speed);
  seek = (at: EpochMs): void => void (this.at = at);
  stepTo = this.seek;
  steppedTo: number[] = [];
  stepToEvent = (direction: 1 | -1): void => void this.steppedTo.push(direction);
  readonly backward = {
    isGoing: false,
    faster: (): void => void (this.backward.isGoing = true),
    stop: (): void => void (this.backward.isGoing = false),
  };
  press(key: string, incidents: readonly EpochMs[] = []): void {
    const command = press(key);
    if (command === undefined) throw new Error(`${key} does nothing`);
    perform(command, this, this.at, incidents, this.backward);
  }
}

describe('a replay by keys', () => {
  it('plays and stands by space and K, faster by L, and by < and > as well', () => {
    const player = new Player();
    player.press(' ');
    expect(player.isPlaying).toBe(false);
    player.press('K');
    expect(player.isPlaying).toBe(true);
    for (const speed of [10, 60, 600, 600]) {
      player.press('l');
      expect(player.speed).toBe(speed);
    }
    player.speed = 1;
    for (const speed of [0.25, 0.25]) {
      player.press('<');
      expect(player.speed).toBe(speed);
    }
    player.press('>');
    expect(player.speed).toBe(1);
  });

  it('goes back by J until K stops it, L plays or anything else moves it', () => {
    const player = new Player();
    player.press('j');
    expect(player.backward.isGoing).toBe(true);
    player.isPlaying = false;
    player.press('k');
    expect([player.backward.isGoing, player.isPlaying]).toEqual([false, false]);
    player.press('j');
    player.press('l');
    expect([player.backward.isGoing, player.isPlaying, player.speed]).toEqual([false, true, 1]);
    for (const key of [',', 'n', 'ArrowDown', 'ArrowRight']) {
      player.press('j');
      player.press(key);
      expect(player.backward.isGoing).toBe(false);
    }
    player.press('j');
    player.press('i');
    expect(player.backward.isGoing).toBe(true);
  });

  it('steps from event to event by the arrows up and down', () => {
    const player = new Player();
    player.press('ArrowDown');
    player.press('ArrowUp');
    expect(player.steppedTo).toEqual([1, -1]);
  });

  it('steps ten seconds by the arrows, a minute with shift, and stands at a second by comma and full stop', () => {
    const player = new Player();
    player.press('ArrowRight');
    expect([player.at, player.isPlaying]).toEqual([110_000, true]);
    expect(press('ArrowLeft', { shiftKey: true })).toEqual({ kind: 'step', ms: -60_000, pauses: false });
    player.press(',');
    expect([player.at, player.isPlaying]).toEqual([109_000, false]);
    player.press('.');
    expect(player.at).toBe(110_000);
  });

  it('goes from incident to incident by N and P, and stays where there is no other', () => {
    const incidents = [50_000, 90_000, 120_000].map(epochMs);
    const player = new Player();
    player.press('n', incidents);
    expect(player.at).toBe(120_000);
    player.press('n', incidents);
    expect(player.at).toBe(120_000);
    player.press('p', incidents);
    expect(player.at).toBe(90_000);
    player.at = epochMs(91_000);
    player.press('p', incidents);
    expect(player.at).toBe(50_000);
  });

  it('leaves to the browser what is held with control, and every other key', () => {
    expect(press('l', { ctrlKey: true })).toBeUndefined();
    expect(press('Tab')).toBeUndefined();
    expect(press('x')).toBeUndefined();
  });

  it('finds speeds and incidents also from in between', () => {
    expect([nextSpeed(5, 1), nextSpeed(5, -1), nextSpeed(600, 1), nextSpeed(0.25, -1)]).toEqual([
      10, 1, 600, 0.25,
    ]);
    expect(incidentFrom([], epochMs(1), 1)).toBeUndefined();
  });
});
