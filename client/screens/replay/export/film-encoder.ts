import type { FilmPlan } from './film-plan.ts';

/** Takes the picture of a canvas frame by frame. Fetched with its library when somebody makes a film. */
export interface FilmEncoder {
  /** 'mp4' or 'webm'. */
  readonly ending: string;
  /** Encodes what the canvas shows; resolves when it can take the next one. */
  add(startSeconds: number, lengthSeconds: number): Promise<void>;
  /** The whole film. */
  end(): Promise<Blob>;
  /** Throws away what there is. */
  cancel(): Promise<void>;
}

/** Bits for each pixel of a frame: thin lines and small text stay sharp. */
const BITS_PER_PIXEL = 0.12;

/** H.264 in MP4 where this browser can encode it, else VP9 or VP8 in WebM; undefined where it can encode neither. */
export async function openFilmEncoder(
  canvas: HTMLCanvasElement,
  { width, height, framesPerSecond }: FilmPlan,
): Promise<FilmEncoder | undefined> {
  if (typeof VideoEncoder === 'undefined') return undefined;
  const {
    BufferTarget,
    CanvasSource,
    getFirstEncodableVideoCodec,
    Mp4OutputFormat,
    Output,
    WebMOutputFormat,
  } = await import('mediabunny');
  const bitrate = Math.round(width * height * framesPerSecond * BITS_PER_PIXEL);
  const codec = await getFirstEncodableVideoCodec(['avc', 'vp9', 'vp8'], { width, height, bitrate });
  if (codec === null) return undefined;
  const format = codec === 'avc' ? new Mp4OutputFormat({ fastStart: 'in-memory' }) : new WebMOutputFormat();
  const target = new BufferTarget();
  const output = new Output({ format, target });
  // Quality, not real time: an encoder of real time may drop frames.
  const source = new CanvasSource(canvas, { codec, bitrate, latencyMode: 'quality' });
  output.addVideoTrack(source, { frameRate: framesPerSecond });
  await output.start();
  return {
    ending: format.fileExtension.slice(1),
    add: (start, length) => source.add(start, length),
    end: async () => {
      await output.finalize();
      return new Blob(target.buffer === null ? [] : [target.buffer], { type: format.mimeType });
    },
    cancel: () => output.cancel(),
  };
}
