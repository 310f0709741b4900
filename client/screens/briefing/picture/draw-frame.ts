import { fitText, LINE_HEIGHT } from './fit-text.ts';

/** What stands on a picture beside the map. */
export interface PictureWords {
  /** REPLAY, and the time shown: on every picture. */
  readonly frame: string;
  readonly title: string;
  readonly city: string;
  readonly clock: string;
  readonly date: string;
  readonly note: string;
  /** What history lacks; '' when nothing. */
  readonly missing: string;
  /** Notice and attribution of the city. */
  readonly foot: readonly string[];
}

export interface PictureLook {
  readonly ground: string;
  readonly panel: string;
  readonly text: string;
  readonly textSecond: string;
  readonly warning: string;
  readonly replay: string;
  readonly hairline: string;
  readonly font: string;
}

const MARGIN = 60;
const FRAME = 20;
const NOTE_TOP = 260;
const NOTE_WIDTH = 1_080;
const NOTE_PADDING = 52;
const NOTE_SIZES = [64, 56, 48, 42, 36, 32, 28, 24] as const;

/** Draws the words and the frame over a map; the same places as on the screen (briefing.css). */
export function drawFrame(
  context: CanvasRenderingContext2D,
  width: number,
  height: number,
  words: PictureWords,
  look: PictureLook,
): void {
  const font = (size: number, weight = 400): string => `${weight} ${size}px ${look.font}`;
  const measure = (text: string, size: number): number => {
    context.font = font(size);
    return context.measureText(text).width;
  };
  const write = (text: string, x: number, y: number, size: number, colour: string, weight = 400): void => {
    context.font = font(size, weight);
    context.fillStyle = colour;
    context.fillText(text, x, y);
  };
  const shade = (from: number, to: number): void => {
    const gradient = context.createLinearGradient(0, from, 0, to);
    gradient.addColorStop(0, look.ground);
    gradient.addColorStop(0.35, look.ground);
    gradient.addColorStop(1, 'transparent');
    context.fillStyle = gradient;
    context.fillRect(0, Math.min(from, to), width, Math.abs(to - from));
  };
  context.textBaseline = 'top';
  shade(0, NOTE_TOP);
  shade(height, height - 220);

  context.textAlign = 'right';
  write(words.clock, width - MARGIN, 50, 72, look.text, 600);
  write(words.date, width - MARGIN, 144, 36, look.textSecond);
  context.textAlign = 'left';
  write(words.title === '' ? words.city : words.title, MARGIN, 50, 72, look.text, 600);
  if (words.title !== '') write(words.city, MARGIN, 144, 36, look.textSecond);
  words.foot.forEach((line, index) =>
    write(line, MARGIN, height - 60 - 44 * (words.foot.length - index), 28, look.textSecond),
  );

  if (words.note !== '') {
    const inner = {
      width: NOTE_WIDTH - 2 * NOTE_PADDING,
      height: height - NOTE_TOP - 260 - 2 * NOTE_PADDING,
    };
    const { size, lines } = fitText(words.note, inner, NOTE_SIZES, measure);
    const left = width - MARGIN - NOTE_WIDTH;
    const high = lines.length * size * LINE_HEIGHT + 2 * NOTE_PADDING;
    context.globalAlpha = 0.92;
    context.fillStyle = look.panel;
    context.fillRect(left, NOTE_TOP, NOTE_WIDTH, high);
    context.globalAlpha = 1;
    context.strokeStyle = look.hairline;
    context.lineWidth = 2;
    context.strokeRect(left, NOTE_TOP, NOTE_WIDTH, high);
    context.fillStyle = look.replay;
    context.fillRect(left, NOTE_TOP, 8, high);
    lines.forEach((line, index) =>
      write(
        line,
        left + NOTE_PADDING,
        NOTE_TOP + NOTE_PADDING + size * (LINE_HEIGHT * index + (LINE_HEIGHT - 1.2) / 2),
        size,
        look.text,
      ),
    );
  }

  context.textAlign = 'center';
  if (words.missing !== '') {
    const wide = measure(words.missing, 48) + 88;
    context.fillStyle = look.panel;
    context.fillRect((width - wide) / 2, height - 360, wide, 110);
    write(words.missing, width / 2, height - 332, 48, look.warning);
  }
  // The frame comes last: nothing may hide that this is not the present.
  context.lineWidth = FRAME;
  context.strokeStyle = look.replay;
  context.strokeRect(FRAME / 2, FRAME / 2, width - FRAME, height - FRAME);
  context.font = font(36, 700);
  const tab = context.measureText(words.frame).width + 80;
  context.fillStyle = look.replay;
  context.fillRect((width - tab) / 2, 0, tab, 72);
  write(words.frame, width / 2, 16, 36, look.ground, 700);
}
