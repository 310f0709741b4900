import { fileURLToPath } from 'node:url';
import type { CDPSession, Page } from 'playwright-core';
import { waitUntil } from '../../support/wait-until.ts';
import { median } from '../bench.ts';

/** What count-draws.page.js keeps. */
interface DrawCounts {
  readonly frames: number;
  readonly pictures: number;
  readonly updateToDrawnMs: readonly number[];
}

/** What one stretch of time cost the main thread: processor time, not the clock's, so that other processes do not count. */
export interface Spent {
  readonly cpuMs: number;
  readonly frames: number;
}

/** Processor time frame by frame. */
export interface FramesSeen extends DrawCounts {
  readonly seconds: number;
  /** Of each animation frame: from its beginning to that of the next. */
  readonly cpuMs: readonly number[];
  /** Of these, the task that draws: scripts of the frame, style, layout, paint. What else comes is due by the clock. */
  readonly drawingMs: readonly number[];
}

const COUNT_DRAWS = fileURLToPath(new URL('count-draws.page.js', import.meta.url));
const SCREEN_HZ = 60;

/** To be called before the page is opened. */
export async function countDraws(page: Page): Promise<void> {
  await page.addInitScript({ path: COUNT_DRAWS });
}

/**
 * Milliseconds a frame would cost at 60 Hz. A machine that is busy with other things, or has no graphics card, gives fewer
 * frames, over which what happens by the clock would be spread: so the usual frame's drawing, and what comes on top of it
 * each second (dearer frames, messages, timers), are told apart.
 */
export function perFrameAt60({ cpuMs, drawingMs, seconds }: FramesSeen): number {
  const usual = median(drawingMs);
  const onTop = cpuMs.reduce((sum, each) => sum + each - usual, 0) / seconds;
  return usual + onTop / SCREEN_HZ;
}

/** Per cent of a 60 Hz screen's frames in which the main thread worked longer than so many milliseconds. */
export const percentOver = (limitMs: number, { cpuMs, seconds }: FramesSeen): number =>
  (100 * cpuMs.filter((each) => each > limitMs).length) / Math.max(cpuMs.length, seconds * SCREEN_HZ);

/** The main thread of one page. */
export class MainThread {
  readonly #page: Page;
  readonly #session: CDPSession;

  private constructor(page: Page, session: CDPSession) {
    this.#page = page;
    this.#session = session;
  }

  static async of(page: Page): Promise<MainThread> {
    const session = await page.context().newCDPSession(page);
    await session.send('Performance.enable', { timeDomain: 'threadTicks' });
    return new MainThread(page, session);
  }

  /** Resolves after so many more animation frames. @throws when they do not come in half a minute */
  async frames(more: number): Promise<void> {
    await this.#page.evaluate('drawCounts.start()');
    const { frames } = await this.counts();
    await waitUntil(
      `there are ${more} animation frames`,
      async () => (await this.counts()).frames >= frames + more,
    );
  }

  /** What it costs while `act` runs. */
  async during(act: () => Promise<void>): Promise<Spent> {
    await this.#page.evaluate('drawCounts.start()');
    const cpuBefore = await this.#cpuMs();
    const before = await this.counts();
    await act();
    const cpuMs = (await this.#cpuMs()) - cpuBefore;
    const after = await this.counts();
    await this.#page.evaluate('drawCounts.stop()');
    return { cpuMs, frames: after.frames - before.frames };
  }

  /** What each animation frame costs while `act` runs; a trace costs a little itself. */
  async frameByFrame(act: () => Promise<void>): Promise<FramesSeen> {
    const events: TraceEvent[] = [];
    const collect = ({ value }: { readonly value: readonly object[] }): void => {
      events.push(...(value as readonly TraceEvent[]));
    };
    this.#session.on('Tracing.dataCollected', collect);
    await this.#session.send('Tracing.start', {
      transferMode: 'ReportEvents',
      traceConfig: { includedCategories: ['toplevel', 'blink.user_timing'], excludedCategories: ['*'] },
    });
    await this.#page.evaluate('drawCounts.start()');
    const before = await this.counts();
    await act();
    const after = await this.counts();
    await this.#page.evaluate('drawCounts.stop()');
    const complete = new Promise((resolve) => this.#session.once('Tracing.tracingComplete', resolve));
    await this.#session.send('Tracing.end');
    await complete;
    this.#session.off('Tracing.dataCollected', collect);
    return {
      ...cpuByFrame(events),
      frames: after.frames - before.frames,
      pictures: after.pictures - before.pictures,
      updateToDrawnMs: after.updateToDrawnMs.slice(before.updateToDrawnMs.length),
    };
  }

  /** Since the page was opened. */
  counts(): Promise<DrawCounts> {
    return this.#page.evaluate<DrawCounts>('({ ...drawCounts, start: undefined, stop: undefined })');
  }

  async #cpuMs(): Promise<number> {
    const { metrics } = await this.#session.send('Performance.getMetrics');
    return 1_000 * (metrics.find(({ name }) => name === 'TaskDuration')?.value ?? Number.NaN);
  }
}

interface TraceEvent {
  readonly name: string;
  readonly pid: number;
  readonly tid: number;
  /** Microseconds. */
  readonly ts: number;
  readonly dur?: number;
  /** Microseconds of the thread's own processor time. */
  readonly tdur?: number;
}

/**
 * Sums the tasks from one animation frame to the next. The mark lies early within the task that draws, so a sum holds what
 * came in since the frame before, and the drawing that shows it.
 * @throws when the trace has no processor times
 */
function cpuByFrame(events: readonly TraceEvent[]): Pick<FramesSeen, 'cpuMs' | 'drawingMs' | 'seconds'> {
  const marks = events.filter(({ name }) => name === 'animation-frame').toSorted((a, b) => a.ts - b.ts);
  const [first] = marks;
  const last = marks.at(-1);
  if (first === undefined || last === undefined) throw new Error('the trace has no animation frame');
  const tasks = events
    .filter(({ name, pid, tid }) => name.endsWith('RunTask') && pid === first.pid && tid === first.tid)
    .toSorted((a, b) => a.ts - b.ts);
  if (!tasks.some(({ tdur }) => tdur !== undefined)) throw new Error('the trace has no processor times');
  const cpuMs = marks.slice(1).map(() => 0);
  const drawingMs = marks.slice(1).map(() => 0);
  let frame = -1;
  for (const { ts, dur = 0, tdur = 0 } of tasks) {
    while (frame + 1 < marks.length && (marks[frame + 1]?.ts ?? 0) <= ts) frame += 1;
    const next = marks[frame + 1]?.ts ?? Number.POSITIVE_INFINITY;
    if (frame >= 0 && frame < cpuMs.length) cpuMs[frame] = (cpuMs[frame] ?? 0) + tdur / 1_000;
    // The frame that this task draws is the one whose mark lies in it.
    if (ts <= next && next < ts + dur && frame + 1 < drawingMs.length) drawingMs[frame + 1] = tdur / 1_000;
  }
  return { cpuMs, drawingMs, seconds: (last.ts - first.ts) / 1e6 };
}
