import { beforeEach, describe, expect, it } from 'vitest';
import { epochMs } from '@maplewall/shared/domain/units.ts';
import { frameNo } from '@maplewall/shared/domain/units.ts';
import type { Report } from '@maplewall/shared/wire/up.ts';
import type { Screen } from '../access/screen-tokens.ts';
import { toPrometheus, type GatewayFigures } from './metrics.ts';
import { WallRegistry } from './walls.ts';

let now = 0;
let screens: Screen[] = [];
let walls: WallRegistry;
beforeEach(() => {
  now = 1_000_000;
  screens = [{ id: 'a', name: '东墙', admittedAt: 1 }];
  walls = new WallRegistry({ now: () => epochMs(now), screens: () => screens });
});

const report = (given: Partial<Report> = {}): Report => ({
  build: 'b1',
  feed: 'live',
  view: 'whole',
  lastFrame: frameNo(77),
  lastFrameDrawnAt: epochMs(now - 800),
  framesDrawn: 5_000,
  heapMiB: 120.5,
  graphicsContexts: 1,
  drops: 2,
  reconnects: 3,
  canvasWidth: 3_840,
  canvasHeight: 2_160,
  screenWidth: 3_840,
  screenHeight: 2_160,
  devicePixelRatio: 1,
  uptimeSeconds: 60,
  ...given,
});
const seen = (): unknown[] =>
  walls
    .list()
    .map(({ id, connectedSince, reportAgeSeconds, frozen }) => [
      id,
      connectedSince !== null,
      reportAgeSeconds,
      frozen,
    ]);
const asEastWall = { role: 'screen', screen: { id: 'a', name: '东墙', admittedAt: 1 } } as const;

describe('walls', () => {
  it('that were admitted are listed before they come and after they go, with their last report', () => {
    expect(seen()).toEqual([['a', false, null, false]]);
    walls.opened('s1', asEastWall);
    walls.reported('s1', report());
    now += 4_000;
    expect(seen()).toEqual([['a', true, 4, false]]);
    walls.closed('s1');
    now += 60_000;
    expect(seen()).toEqual([['a', false, 64, false]]);
    expect(walls.list()[0]?.report?.lastFrame).toBe(77);
    walls.forget('a');
    screens = [];
    expect(seen()).toEqual([]);
  });

  it('that nobody named are listed as long as they are connected, and several pages of one are numbered', () => {
    walls.opened('s1', { role: 'local' });
    walls.opened('s2', asEastWall);
    walls.opened('s3', { role: 'local' });
    walls.opened('s4', asEastWall);
    expect(walls.list().map(({ id, name }) => [id, name])).toEqual([
      ['a', '东墙'],
      ['a#2', '东墙'],
      ['local', null],
      ['local#2', null],
    ]);
    for (const id of ['s1', 's2', 's3', 's4']) walls.closed(id);
    expect(seen()).toEqual([['a', false, null, false]]);
  });

  it('that answer for no frame for over ten seconds are frozen', () => {
    walls.opened('s1', asEastWall);
    now += 10_000;
    expect(seen()).toEqual([['a', true, null, false]]);
    now += 1;
    expect(seen()).toEqual([['a', true, null, true]]);
    walls.answered('s1');
    expect(seen()).toEqual([['a', true, null, false]]);
  });

  it('that answer for frames and do not draw them are frozen by their own word', () => {
    walls.opened('s1', asEastWall);
    const say = (drawnAgoMs: number): void => {
      walls.answered('s1');
      walls.reported('s1', report({ lastFrameDrawnAt: epochMs(now - drawnAgoMs) }));
    };
    now += 60_000;
    say(10_000);
    expect(seen()).toEqual([['a', true, 0, false]]);
    say(10_001);
    expect(seen()).toEqual([['a', true, 0, true]]);
    say(200);
    expect(seen()).toEqual([['a', true, 0, false]]);
    now += 25_001;
    walls.answered('s1');
    expect(seen()).toEqual([['a', true, 25, true]]);
  });
});

const figures: GatewayFigures = {
  version: '1',
  build: 'b1',
  startedAt: 5_000,
  seq: 12,
  frame: 9,
  viewers: 4,
  viewersBehind: 1,
  refusedMessages: 0,
  heapBytes: 1_024,
  eventLoopDelaySeconds: { p50: 0.02, p99: 0.03, max: 0.5 },
};

describe('metrics', () => {
  it('are lines that Prometheus reads, each series once, under one head', () => {
    screens = [{ id: 'a', name: 'east "1"\\', admittedAt: 1 }];
    walls.opened('s1', { role: 'screen', screen: screens[0] as Screen });
    walls.reported('s1', report());
    walls.opened('s2', { role: 'local' });
    const text = toPrometheus(figures, walls.list());
    const samples = text.split('\n').filter((line) => line !== '' && !line.startsWith('#'));
    for (const line of samples)
      expect(line).toMatch(
        /^maplewall_[a-z_]+(\{[a-z]+="(?:[^"\\\n]|\\["\\n])*"(,[a-z]+="(?:[^"\\\n]|\\["\\n])*")*\})? [\d.e+-]+$/,
      );
    const series = samples.map((line) => line.slice(0, line.lastIndexOf(' ')));
    expect(new Set(series).size).toBe(series.length);
    const heads = [...text.matchAll(/^# TYPE (\S+) (?:gauge|counter)$/gm)].map(([, name]) => name);
    expect(new Set(series.map((each) => each.split('{')[0]))).toEqual(new Set(heads));
    expect(samples).toContain('maplewall_records_total 12');
    expect(samples).toContain('maplewall_event_loop_delay_seconds{quantile="0.99"} 0.03');
    expect(samples).toContain('maplewall_wall_canvas_width_pixels{wall="a",name="east \\"1\\"\\\\"} 3840');
    expect(text).not.toContain('local');
  });

  it('leave out what a screen did not say', () => {
    walls.opened('s1', asEastWall);
    walls.reported('s1', report({ heapMiB: null, givenUp: ['incidents', 'posts'] }));
    const text = toPrometheus(figures, walls.list());
    expect(text).not.toContain('maplewall_wall_heap_bytes');
    expect(text).toContain('maplewall_wall_last_frame{wall="a",name="东墙"} 77\n');
    expect(text).toContain('maplewall_wall_parts_given_up{wall="a",name="东墙"} 2\n');
    expect(toPrometheus(figures, [])).not.toContain('maplewall_wall_');
  });
});
