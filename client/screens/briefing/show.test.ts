import { fault } from '@maplewall/shared/domain/fault.ts';
import { epochMs } from '@maplewall/shared/domain/units.ts';
import { describe, expect, it } from 'vitest';
import { beginRun, goOn, isOver } from './scene-run.ts';
import { sceneAfter, showCommandOf } from './show-keys.ts';

const key = (name: string) => ({ key: name, ctrlKey: false, altKey: false, metaKey: false });
const MINUTE = 60_000;

describe('a clicker', () => {
  it('goes on and back, to the first and the last scene, and black', () => {
    expect(['PageDown', 'ArrowRight', ' '].map((name) => showCommandOf(key(name)))).toEqual([
      'next',
      'next',
      'next',
    ]);
    expect(['PageUp', 'ArrowLeft'].map((name) => showCommandOf(key(name)))).toEqual(['previous', 'previous']);
    expect(['Home', 'End', 'b', 'B', '.'].map((name) => showCommandOf(key(name)))).toEqual([
      'first',
      'last',
      'black',
      'black',
      'black',
    ]);
  });

  it('leaves F5 and Escape to the browser, and keys that are held with others', () => {
    expect(['F5', 'Escape', 'f'].map((name) => showCommandOf(key(name)))).toEqual([
      undefined,
      undefined,
      undefined,
    ]);
    expect(showCommandOf({ ...key('ArrowLeft'), altKey: true })).toBeUndefined();
  });

  it('stays at the ends', () => {
    expect(sceneAfter('previous', 0, 3)).toBe(0);
    expect(sceneAfter('next', 2, 3)).toBe(2);
    expect(sceneAfter('next', 0, 3)).toBe(1);
    expect([sceneAfter('first', 2, 3), sceneAfter('last', 0, 3)]).toEqual([0, 2]);
  });
});

describe('a scene that is shown', () => {
  const begun = beginRun({ seconds: 2 });
  const at = epochMs(0);

  it('is over after its seconds, of which none goes by while history is read or the scene is held', () => {
    let run = goOn(begun, 5_000, { kind: 'loading' }, at);
    run = goOn(run, 5_000, { kind: 'paused' }, at);
    expect(isOver(run)).toBe(false);
    run = goOn(run, 1_500, { kind: 'playing' }, at);
    expect(isOver(run)).toBe(false);
    expect(isOver(goOn(run, 500, { kind: 'playing' }, at))).toBe(true);
  });

  it('says what it lacks: a gap of more than three minutes until it is over, the end of history, a fault', () => {
    expect(goOn(begun, 100, { kind: 'gap', until: epochMs(2 * MINUTE) }, at).missing).toBeUndefined();
    const until = epochMs(10 * MINUTE);
    const inGap = goOn(begun, 100, { kind: 'gap', until }, at);
    expect(inGap.missing).toEqual({ kind: 'gap', from: at, until });
    expect(goOn(inGap, 100, { kind: 'gap', until }, epochMs(9 * MINUTE)).missing).toEqual({
      kind: 'gap',
      from: at,
      until,
    });
    expect(goOn(inGap, 100, { kind: 'playing' }, until).missing).toBeUndefined();
    expect(goOn(begun, 100, { kind: 'ended', at }, at).missing).toEqual({ kind: 'ended', at });
    const broken = fault('server.unavailable');
    expect(goOn(begun, 100, { kind: 'failed', fault: broken }, at).missing).toEqual({
      kind: 'failed',
      fault: broken,
    });
  });
});
