import { fault, type Fault } from '@maplewall/shared/domain/fault.ts';
import type { EpochMs } from '@maplewall/shared/domain/units.ts';
import type { Feed, Playback } from '../../../feed/feed.ts';
import type { MapHandle, MapLegend } from '../../../map/map-handle.ts';
import { filmCrop, type Area } from './film-crop.ts';
import { openFilmEncoder } from './film-encoder.ts';
import { drawFilmFrame, lookInForce, type FilmWords } from './film-picture.ts';
import { frameCount, frameStart, momentOf, type FilmPlan } from './film-plan.ts';
import { showReachOf } from './reach-of-moment.ts';
import { standAt, wait } from './stand-at.ts';

/** A way that is not found by then is left out: a street that no way leads to is asked for in vain. */
const WAYS_PATIENCE_MS = 2_000;
const LOOK_EVERY_MS = 5;

export interface FilmParts {
  readonly plan: FilmPlan;
  readonly feed: Feed;
  readonly playback: Playback;
  readonly map: MapHandle;
  readonly wordsAt: (at: EpochMs, legend: MapLegend) => FilmWords;
  readonly onFrame: (done: number, frames: number) => void;
  readonly signal: AbortSignal;
}

/**
 *   made          the whole film; `frames` are fewer than planned where history ended before
 *   cancelled
 *   cannot        this browser encodes no video
 *   failed        history answered with a fault
 */
export type FilmEnd =
  | { readonly kind: 'made'; readonly film: Blob; readonly ending: string; readonly frames: number }
  | { readonly kind: 'cancelled' }
  | { readonly kind: 'cannot' }
  | { readonly kind: 'failed'; readonly fault: Fault };

/**
 * Films a passage frame by frame: the replay is stood at the moment of each frame, drawn once and encoded, however long that takes,
 * so that none is left out. Afterwards the replay is where it was.
 * @throws when the pictures cannot be drawn or encoded
 */
export async function makeFilm(parts: FilmParts): Promise<FilmEnd> {
  const { feed, playback, map, signal } = parts;
  const before = { at: feed.shownAt(), isPlaying: playback.isPlaying };
  const reach = showReachOf(map);
  try {
    return await film(parts, reach);
  } catch (error) {
    if (signal.aborted) return { kind: 'cancelled' };
    throw error;
  } finally {
    playback.seek(before.at);
    if (before.isPlaying) playback.play();
    void reach(before.at);
  }
}

async function film(parts: FilmParts, reach: ReturnType<typeof showReachOf>): Promise<FilmEnd> {
  const { plan, feed, playback, map, wordsAt, onFrame, signal } = parts;
  const canvas = document.createElement('canvas');
  canvas.width = plan.width;
  canvas.height = plan.height;
  const context = canvas.getContext('2d', { alpha: false });
  if (context === null) throw new Error('there is no canvas to draw on');
  const encoder = await openFilmEncoder(canvas, plan);
  if (encoder === undefined) return { kind: 'cannot' };
  let isWhole = false;
  try {
    const look = lookInForce();
    await lettersFor(wordsAt(plan.passage.from, map.legend()), look.font);
    const frames = frameCount(plan);
    let done = 0;
    for (; done < frames; done += 1) {
      const at = momentOf(plan, done);
      const first = await standAt(feed, playback, at, signal);
      if (first.ok && first.value === 'there') await Promise.all([reach(at), waysFound(map)]);
      // While that was waited for, hands may have moved the replay.
      const arrived = await standAt(feed, playback, at, signal);
      if (!arrived.ok) return { kind: 'failed', fault: arrived.fault };
      if (arrived.value === 'ended') break;
      const canvases = map.picture();
      const words = wordsAt(at, map.legend());
      drawFilmFrame(context, { canvases, crop: cropOf(map, canvases, plan) }, words, look);
      await encoder.add(frameStart(plan, done), 1 / plan.framesPerSecond);
      onFrame(done + 1, frames);
      await breathe();
    }
    if (done === 0) return { kind: 'failed', fault: fault('export.range.nothing') };
    isWhole = true;
    return { kind: 'made', film: await encoder.end(), ending: encoder.ending, frames: done };
  } finally {
    if (!isWhole) await encoder.cancel();
  }
}

/** Ways of orders are found by a worker, which the replay outruns. */
async function waysFound(map: MapHandle): Promise<void> {
  const until = performance.now() + WAYS_PATIENCE_MS;
  while (map.stats().waysWaiting > 0 && performance.now() < until) await wait(LOOK_EVERY_MS);
}

/** A canvas does not wait for the letters that it is given to draw. */
async function lettersFor({ frame, city, date, legend, foot }: FilmWords, font: string): Promise<void> {
  const text = `${[frame, city, date, legend, ...foot].join('')}0123456789:`;
  await Promise.all([400, 600, 700].map((weight) => document.fonts.load(`${weight} 20px ${font}`, text)));
}

function cropOf(map: MapHandle, canvases: readonly HTMLCanvasElement[], { width, height }: FilmPlan): Area {
  const [ground] = canvases;
  if (ground === undefined) throw new Error('there is no map to film');
  const ratio = ground.width / ground.clientWidth;
  const [west, south, east, north] = map.freeView();
  const { x: left, y: top } = map.pixelsOf({ lng: west, lat: north });
  const { x: right, y: bottom } = map.pixelsOf({ lng: east, lat: south });
  return filmCrop(
    { left: left * ratio, top: top * ratio, width: (right - left) * ratio, height: (bottom - top) * ratio },
    ground,
    width / height,
  );
}

/** Lets the page answer to hands between two frames; a timeout would stand nearly still on a page out of sight. */
function breathe(): Promise<void> {
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.addEventListener('message', () => {
      port1.close();
      resolve();
    });
    port1.start();
    port2.postMessage(undefined);
  });
}
