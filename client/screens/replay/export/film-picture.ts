import type { Area } from './film-crop.ts';

/** What stands on a frame of a film beside the map. */
export interface FilmWords {
  /** REPLAY and what else the frame of the screens says, with the time: on every frame. */
  readonly frame: string;
  readonly city: string;
  readonly clock: string;
  readonly date: string;
  readonly legend: string;
  /** Notice and attribution of the city. */
  readonly foot: readonly string[];
  /** Which share of the passage is over at this moment, from 0 to 1. */
  readonly share: number;
}

export interface FilmLook {
  readonly ground: string;
  readonly text: string;
  readonly textSecond: string;
  readonly hairline: string;
  readonly replay: string;
  readonly font: string;
}

/** The tokens as they are on this page; a canvas knows no CSS variables. */
export function lookInForce(): FilmLook {
  const style = getComputedStyle(document.documentElement);
  const read = (name: string): string => style.getPropertyValue(name).trim();
  return {
    ground: read('--ground'),
    text: read('--text'),
    textSecond: read('--text-second'),
    hairline: read('--hairline'),
    replay: read('--replay'),
    font: read('--font'),
  };
}

/** The design of a frame is counted in pixels of this width. */
const DESIGN_WIDTH = 1_920;
const FRAME = 8;
const MARGIN = 36;
const HEAD = 150;
const BAR = 6;

/** Draws the map as it stands in its canvases, and the words over it. */
export function drawFilmFrame(
  context: CanvasRenderingContext2D,
  map: { readonly canvases: readonly HTMLCanvasElement[]; readonly crop: Area },
  words: FilmWords,
  look: FilmLook,
): void {
  const { width: pixels } = context.canvas;
  const scale = pixels / DESIGN_WIDTH;
  const width = DESIGN_WIDTH;
  const height = context.canvas.height / scale;
  context.setTransform(scale, 0, 0, scale, 0, 0);
  context.fillStyle = look.ground;
  context.fillRect(0, 0, width, height);
  const { left, top, width: wide, height: high } = map.crop;
  for (const canvas of map.canvases) context.drawImage(canvas, left, top, wide, high, 0, 0, width, height);

  const write = (text: string, x: number, y: number, size: number, colour: string, weight = 400): void => {
    context.font = `${weight} ${size}px ${look.font}`;
    context.fillStyle = colour;
    context.fillText(text, x, y, width - 2 * MARGIN);
  };
  const shade = (from: number, to: number): void => {
    const gradient = context.createLinearGradient(0, from, 0, to);
    gradient.addColorStop(0, look.ground);
    gradient.addColorStop(0.5, look.ground);
    gradient.addColorStop(1, 'transparent');
    context.fillStyle = gradient;
    context.fillRect(0, Math.min(from, to), width, Math.abs(to - from));
  };
  const footTop = height - MARGIN - BAR - 22 * words.foot.length - 44;
  shade(0, HEAD);
  shade(height, footTop - 50);

  context.textBaseline = 'top';
  context.textAlign = 'left';
  write(words.city, MARGIN, 30, 38, look.text, 600);
  context.textAlign = 'right';
  write(words.clock, width - MARGIN, 30, 38, look.text, 600);
  write(words.date, width - MARGIN, 80, 20, look.textSecond);
  context.textAlign = 'left';
  write(words.legend, MARGIN, footTop, 20, look.text);
  words.foot.forEach((line, index) => write(line, MARGIN, footTop + 36 + 22 * index, 15, look.textSecond));
  drawShare(
    context,
    { left: MARGIN, top: height - MARGIN, width: width - 2 * MARGIN, height: BAR },
    words,
    look,
  );

  // The frame comes last: nothing may hide that this is not the present.
  context.lineWidth = FRAME;
  context.strokeStyle = look.replay;
  context.strokeRect(FRAME / 2, FRAME / 2, width - FRAME, height - FRAME);
  context.textAlign = 'center';
  context.font = `700 20px ${look.font}`;
  const tab = context.measureText(words.frame).width + 40;
  context.fillStyle = look.replay;
  context.fillRect((width - tab) / 2, 0, tab, 38);
  write(words.frame, width / 2, 9, 20, look.ground, 700);
}

/** How far the passage has come: a player's own bar is gone when a film is shown full screen. */
function drawShare(
  context: CanvasRenderingContext2D,
  { left, top, width, height }: Area,
  { share }: FilmWords,
  look: FilmLook,
): void {
  context.fillStyle = look.hairline;
  context.fillRect(left, top, width, height);
  context.fillStyle = look.text;
  context.fillRect(left, top, width * share, height);
}
