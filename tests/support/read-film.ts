import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import type { BrowserContext } from 'playwright-core';

/** A frame of a film as it was decoded. */
export interface DecodedFrame {
  /** How far the bar of the passage is filled, from 0 to 1. */
  readonly share: number;
  /** Red, green and blue of the edge of the picture. */
  readonly edge: readonly [number, number, number];
  /** How bright the map is in each of 320 × 140 fields, from 0 to 255. */
  readonly fields: readonly number[];
}

export interface ReadFilm {
  readonly codec: string;
  readonly width: number;
  readonly height: number;
  /** When each frame begins, in seconds, in the order of the film. */
  readonly starts: readonly number[];
  readonly frames: readonly DecodedFrame[];
}

/** Takes a film apart in a browser and decodes the frames that begin at these seconds, by the browser's own decoder. */
export async function readFilm(
  context: BrowserContext,
  origin: string,
  film: Buffer,
  seconds: readonly number[],
): Promise<ReadFilm> {
  const page = await context.newPage();
  const library = join(dirname(createRequire(import.meta.url).resolve('mediabunny')), 'mediabunny.min.mjs');
  const pieces: Readonly<Record<string, { readonly body: string | Buffer; readonly contentType: string }>> = {
    '/read-film': { body: '<!doctype html><title>film</title>', contentType: 'text/html' },
    '/read-film/library.mjs': { body: await readFile(library), contentType: 'text/javascript' },
    '/read-film/film': { body: film, contentType: 'application/octet-stream' },
  };
  for (const [path, piece] of Object.entries(pieces))
    await page.route(`${origin}${path}`, (route) => route.fulfill(piece));
  await page.goto(`${origin}/read-film`);
  // A text, because the tests' types know no DOM.
  const read = await page.evaluate<ReadFilm>(`(async () => {
    const { Input, ALL_FORMATS, BlobSource, EncodedPacketSink, VideoSampleSink } = await import('/read-film/library.mjs');
    const blob = await (await fetch('/read-film/film')).blob();
    const track = await new Input({ source: new BlobSource(blob), formats: ALL_FORMATS }).getPrimaryVideoTrack();
    const starts = [];
    for await (const packet of new EncodedPacketSink(track).packets()) starts.push(packet.timestamp);
    const sink = new VideoSampleSink(track);
    const frames = [];
    let width = 0, height = 0;
    for (const second of ${JSON.stringify(seconds)}) {
      const sample = await sink.getSample(second + 0.001);
      width = sample.displayWidth;
      height = sample.displayHeight;
      const canvas = new OffscreenCanvas(width, height);
      const context = canvas.getContext('2d');
      sample.draw(context, 0, 0);
      sample.close();
      const scale = width / 1920;
      const { data: bar } = context.getImageData(36 * scale, height - Math.round(33 * scale), width - 72 * scale, 1);
      let filled = 0;
      for (let at = 0; at < bar.length; at += 4) if (bar[at] > 140) filled += 1;
      const [red, green, blue] = context.getImageData(Math.round(4 * scale), height / 2, 1, 1).data;
      const small = new OffscreenCanvas(320, 140);
      const shrunk = small.getContext('2d');
      shrunk.drawImage(canvas, 0, height * 0.17, width, height * 0.6, 0, 0, 320, 140);
      const { data } = shrunk.getImageData(0, 0, 320, 140);
      const fields = [];
      for (let at = 0; at < data.length; at += 4) fields.push((data[at] + data[at + 1] + data[at + 2]) / 3);
      frames.push({ share: filled / (bar.length / 4), edge: [red, green, blue], fields });
    }
    return { codec: track.codec, width, height, starts: starts.sort((a, b) => a - b), frames };
  })()`);
  await page.close();
  return read;
}
