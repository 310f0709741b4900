import { parserOf } from '@maplewall/shared/domain/schema.ts';
import { epochMs, frameNo, type FrameNo } from '@maplewall/shared/domain/units.ts';
import { reportSchema, type Report } from '@maplewall/shared/wire/up.ts';
import { REPORT_EVERY_MS } from '@maplewall/shared/wire/report-pace.ts';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { FeedState } from '../../feed/feed.ts';
import {
  buildReport,
  newTally,
  startWallReport,
  withFrame,
  withPicture,
  withState,
  type Surroundings,
} from './wall-report.ts';

const around: Surroundings = {
  build: 'b1',
  feed: 'live',
  view: 'whole',
  layout: undefined,
  map: { frames: 40, contexts: 1, givenUp: [] },
  canvas: { width: 3_840, height: 2_160 },
  screen: { width: 1_920.4, height: 1_080 },
  devicePixelRatio: 2,
  heapBytes: 100 * 1_048_576,
  uptimeMs: 61_900,
};
const parse = parserOf(reportSchema);

describe('the tally of a screen', () => {
  it('counts frames that were merged or skipped, and not the jump to another run', () => {
    const frames = [100, 101, 104, 105, 2, 3, 3, 5];
    const drops = frames.reduce((tally, frame) => withFrame(tally, frameNo(frame)), newTally()).drops;
    expect(drops).toBe(2 + 1);
  });

  it('counts a picture of each frame once, and knows when the newest was drawn', () => {
    let tally = withPicture(newTally(), epochMs(5));
    expect(tally.pictures).toBe(0);
    for (const [frame, at] of [
      [7, 10],
      [7, 20],
      [8, 30],
    ] as const)
      tally = withPicture(withFrame(tally, frameNo(frame)), epochMs(at));
    expect(tally).toMatchObject({ pictures: 2, lastFrame: 8, lastFrameDrawnAt: 30 });
  });

  it('counts connections that came back, and not the first one', () => {
    const lost: FeedState = { kind: 'lost', since: epochMs(1), retryAt: epochMs(2), attempt: 1 };
    const states: FeedState[] = [
      { kind: 'connecting', attempt: 1 },
      { kind: 'live' },
      lost,
      { ...lost, attempt: 2 },
      { kind: 'live' },
      { kind: 'behind', since: epochMs(3) },
      { kind: 'refused', since: undefined, code: 'access', sentence: '' },
      { kind: 'live' },
    ];
    const { reconnects } = states
      .slice(1)
      .reduce((tally, now, index) => withState(tally, states[index] as FeedState, now), newTally());
    expect(reconnects).toBe(2);
  });
});

describe('a report', () => {
  it('is one that the gateway takes, with and without a map', () => {
    const drawn = withPicture(withFrame(newTally(), frameNo(9)), epochMs(1_000.6));
    const report = buildReport(drawn, around);
    expect(parse(report)).toEqual({ ok: true, value: report });
    expect(report).toMatchObject({
      lastFrame: 9,
      lastFrameDrawnAt: 1_001,
      framesDrawn: 40,
      heapMiB: 100,
      screenWidth: 1_920,
      uptimeSeconds: 61,
    });
    const bare = buildReport(drawn, {
      ...around,
      layout: 'east-1',
      map: undefined,
      heapBytes: undefined,
      canvas: { width: 0, height: 0 },
    });
    expect(parse(bare)).toEqual({ ok: true, value: bare });
    expect(bare).toMatchObject({ framesDrawn: 1, heapMiB: null, graphicsContexts: 0, layout: 'east-1' });
  });
});

describe('a report of a map in which a part failed', () => {
  it('names what is left out, and one of a whole map does not speak of it', () => {
    const map = { frames: 40, contexts: 1, givenUp: ['incidents', 'order-heads'] };
    const report = buildReport(newTally(), { ...around, map });
    expect(parse(report)).toEqual({ ok: true, value: report });
    expect(report.givenUp).toEqual(['incidents', 'order-heads']);
    expect(buildReport(newTally(), around)).not.toHaveProperty('givenUp');
  });
});

describe('the reporter', () => {
  let sent: Report[] = [];
  let frame: FrameNo = frameNo(0);
  let mapFrames = 0;
  let change = (): void => undefined;
  const animationFrames: (() => void)[] = [];
  beforeEach(() => {
    vi.useFakeTimers();
    sent = [];
    mapFrames = 0;
    animationFrames.length = 0;
    vi.stubGlobal('requestAnimationFrame', (run: () => void) => animationFrames.push(run));
    vi.stubGlobal('cancelAnimationFrame', () => undefined);
  });
  afterEach(() => {
    vi.useRealTimers();
    vi.unstubAllGlobals();
  });
  const start = (map: boolean) =>
    startWallReport({
      clientWorld: {
        get frame() {
          return frame;
        },
        onChange: (listener) => {
          change = listener;
          return () => undefined;
        },
      },
      shownAt: () => epochMs(Date.now()),
      around: () => ({ ...around, map: map ? { frames: mapFrames, contexts: 1, givenUp: [] } : undefined }),
      send: (report) => sent.push(report),
    });
  /** A frame comes; the browser draws or does not. */
  const comes = (next: number, drawsPage: boolean, drawsMap: boolean): void => {
    frame = frameNo(next);
    change();
    if (!drawsPage) return;
    if (drawsMap) mapFrames += 1;
    for (const run of animationFrames.splice(0)) run();
    vi.advanceTimersByTime(0);
  };

  it('says nothing before there is a picture to speak of, then speaks every ten seconds', () => {
    const report = start(true);
    vi.advanceTimersByTime(3 * REPORT_EVERY_MS);
    expect(sent).toEqual([]);
    comes(1, true, true);
    vi.advanceTimersByTime(2 * REPORT_EVERY_MS);
    expect(sent.map(({ lastFrame }) => lastFrame)).toEqual([1, 1]);
    report.stop();
    vi.advanceTimersByTime(REPORT_EVERY_MS);
    expect(sent).toHaveLength(2);
  });

  it('does not take a frame for drawn while the browser or the map draws nothing', () => {
    const report = start(true);
    comes(1, true, true);
    comes(2, false, false);
    comes(3, true, false);
    vi.advanceTimersByTime(REPORT_EVERY_MS);
    expect(sent.at(-1)?.lastFrame).toBe(1);
    comes(4, true, true);
    vi.advanceTimersByTime(REPORT_EVERY_MS);
    expect(sent.at(-1)).toMatchObject({ lastFrame: 4, lastFrameDrawnAt: Date.now() - REPORT_EVERY_MS });
    report.stop();
  });

  it('counts the page’s own pictures where there is no map', () => {
    const report = start(false);
    comes(1, true, false);
    comes(2, true, false);
    vi.advanceTimersByTime(REPORT_EVERY_MS);
    expect(sent.at(-1)).toMatchObject({ lastFrame: 2, framesDrawn: 2 });
    report.stop();
  });
});
