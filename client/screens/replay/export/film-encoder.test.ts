import { epochMs } from '@maplewall/shared/domain/units.ts';
import type * as mediabunny from 'mediabunny';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { openFilmEncoder } from './film-encoder.ts';
import type { FilmPlan } from './film-plan.ts';

const encodable = vi.hoisted(() => ({ codecs: [] as string[], asked: [] as string[] }));
/** The library without a browser: containers are its own, and what would encode tells what it was given. */
vi.mock('mediabunny', async (original) => {
  const library = await original<typeof mediabunny>();
  class Output {
    readonly format: { readonly fileExtension: string };
    constructor({ format }: { readonly format: Output['format'] }) {
      this.format = format;
    }
    addVideoTrack = () => undefined;
    start = async () => Promise.resolve();
    finalize = async () => Promise.resolve();
    cancel = async () => Promise.resolve();
  }
  return {
    ...library,
    Output,
    CanvasSource: class {
      add = async () => Promise.resolve();
    },
    getFirstEncodableVideoCodec: async (codecs: readonly string[]) => {
      encodable.asked = [...codecs];
      return Promise.resolve(codecs.find((codec) => encodable.codecs.includes(codec)) ?? null);
    },
  };
});

const plan = {
  passage: { from: epochMs(0), to: epochMs(60_000) },
  speed: 1,
  width: 1_280,
  height: 720,
  framesPerSecond: 25,
} as unknown as FilmPlan;
const opened = () => openFilmEncoder({} as HTMLCanvasElement, plan);
beforeEach(() => {
  vi.stubGlobal('VideoEncoder', vi.fn<() => void>());
});
afterEach(() => {
  vi.unstubAllGlobals();
});

it('a film is MP4 where the browser can encode H.264', async () => {
  encodable.codecs = ['avc', 'vp9'];
  const encoder = await opened();
  expect(encoder?.ending).toBe('mp4');
  expect((await encoder?.end())?.type).toContain('video/mp4');
});

it('a film is WebM where the browser has no encoder of H.264, by VP9 or VP8', async () => {
  for (const codec of ['vp9', 'vp8']) {
    encodable.codecs = [codec];
    const encoder = await opened();
    expect(encoder?.ending).toBe('webm');
    expect((await encoder?.end())?.type).toContain('video/webm');
  }
  expect(encodable.asked).toEqual(['avc', 'vp9', 'vp8']);
});

it('there is no film where the browser can encode none of them, or encodes no video at all', async () => {
  encodable.codecs = [];
  expect(await opened()).toBeUndefined();
  vi.stubGlobal('VideoEncoder', undefined);
  encodable.codecs = ['avc'];
  expect(await opened()).toBeUndefined();
});
