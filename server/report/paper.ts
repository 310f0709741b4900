import PdfFile from 'pdfkit';
import { fileName, type FontBook, type Weight } from './font-book.ts';

/** Points of an A4 page. */
export const PAGE = { width: 595.28, height: 841.89, margin: 48, foot: 40 } as const;
export const INNER = PAGE.width - 2 * PAGE.margin;
const BOTTOM = PAGE.height - PAGE.margin - PAGE.foot / 2;

/** The screens' tokens for paper (client/design/tokens.css), in the words of a PDF. */
export const INK = {
  text: '#15181d',
  second: '#464b54',
  hairline: '#c3c8cf',
  band: '#dde2e8',
  bar: '#7d93ad',
  present: '#1c5f7c',
  good: '#20694a',
  danger: '#9c1f1c',
  /** For filling, under dark signs, as on a dark wall: in black and white it is told from danger. */
  warning: '#e6ac45',
  /** The ground of a map: grey enough to be told apart in black and white, quiet enough to lie below marks. */
  water: '#dbe7ee',
  waterEdge: '#9fbacb',
  blocks: '#f3f4f5',
  lane: '#c6cbd2',
  street: '#b9bfc7',
  arterial: '#9aa2ac',
  paper: '#ffffff',
} as const;

export interface TextStyle {
  readonly size: number;
  readonly weight?: Weight;
  readonly colour?: string;
  readonly align?: 'left' | 'right' | 'centre';
}

const LINE_HEIGHT = 1.45;
/** The height of a capital's body in this font, of its size: where a line's text stands in its height. */
const ASCENT = 1.16;
/** The middle of a figure or a character lies so far below the place it is written at, of its size. */
export const MIDDLE = 0.93;

/** Pages of A4 with text in embedded fonts; a place is told from the top left corner. */
export class Paper {
  readonly pdf: PDFKit.PDFDocument;
  readonly #fonts: FontBook;
  readonly #widths = new Map<string, number>();
  /** Where the next thing goes. */
  y: number = PAGE.margin;

  constructor(fonts: FontBook, info: { readonly title: string; readonly language: string }) {
    this.#fonts = fonts;
    this.pdf = new PdfFile({
      size: 'A4',
      margin: 0,
      bufferPages: true,
      lang: info.language,
      displayTitle: true,
      info: { Title: info.title, Creator: 'Maplewall 枫屏' },
    });
    for (const [name, file] of fonts.files) this.pdf.registerFont(name, file);
  }

  widthOf(text: string, { size, weight = 'regular' }: TextStyle): number {
    return (
      this.#fonts
        .runs(text)
        .reduce(
          (sum, { slice, text: part }) =>
            sum + [...part].reduce((width, character) => width + this.#width(character, slice, weight), 0),
          0,
        ) * size
    );
  }

  /** Writes one line; `x` is its left end, right end or middle, as it is aligned. */
  write(text: string, x: number, y: number, style: TextStyle): void {
    const { size, weight = 'regular', colour = INK.text, align = 'left' } = style;
    const part = { left: 0, centre: 0.5, right: 1 }[align];
    let left = x - part * this.widthOf(text, style);
    this.pdf.fillColor(colour).fontSize(size);
    for (const { slice, text: run } of this.#fonts.runs(text)) {
      this.pdf
        .font(fileName(weight, slice))
        .text(run, left, y + (LINE_HEIGHT - ASCENT) * size * 0.5, { lineBreak: false });
      left += this.widthOf(run, style);
    }
  }

  /** Writes a paragraph at the cursor and moves it on. */
  paragraph(
    text: string,
    style: TextStyle,
    { x = PAGE.margin, width = INNER }: { readonly x?: number; readonly width?: number } = {},
  ): void {
    for (const line of this.lines(text, style, width)) {
      this.room(style.size * LINE_HEIGHT);
      this.write(line, x, this.y, style);
      this.y += style.size * LINE_HEIGHT;
    }
  }

  /** Breaks a text: between words of letters, and behind any Chinese character that no mark follows, never behind an opening bracket. */
  lines(text: string, style: TextStyle, width: number): readonly string[] {
    const pieces =
      text.match(/[（《【“]*[\u2e80-\uffef][，。；：、！？）】”%]*|[^\s\u2e80-\uffef]+|\s+/gu) ?? [];
    const lines: string[] = [];
    let line = '';
    for (const piece of pieces) {
      if (line !== '' && this.widthOf((line + piece).trimEnd(), style) > width) {
        lines.push(line.trimEnd());
        line = piece.trimStart();
      } else line += piece;
    }
    if (line.trim() !== '') lines.push(line.trimEnd());
    return lines;
  }

  /** The text cut down to a width, with an ellipsis where something is left out. */
  fitting(text: string, style: TextStyle, width: number): string {
    if (this.widthOf(text, style) <= width) return text;
    let kept = [...text];
    while (kept.length > 0 && this.widthOf(`${kept.join('')}…`, style) > width) kept = kept.slice(0, -1);
    return `${kept.join('')}…`;
  }

  /** Begins a page unless so much room is left. Answers whether it did. */
  room(height: number): boolean {
    if (this.y + height <= BOTTOM) return false;
    this.pdf.addPage();
    this.y = PAGE.margin;
    return true;
  }

  heading(text: string): void {
    this.y += 10;
    this.room(60);
    this.write(text, PAGE.margin, this.y, { size: 13, weight: 'bold' });
    this.y += 22;
  }

  line(x1: number, y1: number, x2: number, y2: number, colour: string = INK.hairline, width = 0.6): void {
    this.pdf.moveTo(x1, y1).lineTo(x2, y2).lineWidth(width).strokeColor(colour).stroke();
  }

  /** Writes into the foot of every page, then gives the file. */
  async bytes(
    foot: (page: number, pages: number) => readonly [left: string, right: string],
  ): Promise<Buffer> {
    const { count } = this.pdf.bufferedPageRange();
    for (let page = 0; page < count; page += 1) {
      this.pdf.switchToPage(page);
      const [left, right] = foot(page + 1, count);
      const y = PAGE.height - PAGE.foot;
      this.line(PAGE.margin, y - 6, PAGE.width - PAGE.margin, y - 6);
      this.write(left, PAGE.margin, y, { size: 8, colour: INK.second });
      this.write(right, PAGE.width - PAGE.margin, y, { size: 8, colour: INK.second, align: 'right' });
    }
    const chunks: Buffer[] = [];
    const done = new Promise<void>((resolve, reject) => {
      this.pdf.on('data', (chunk: Buffer) => chunks.push(chunk));
      this.pdf.on('end', resolve);
      this.pdf.on('error', reject);
    });
    this.pdf.end();
    await done;
    return Buffer.concat(chunks);
  }

  /** Of one character, at size 1: text is measured again and again. */
  #width(character: string, slice: string, weight: Weight): number {
    const name = `${fileName(weight, slice)} ${character}`;
    let width = this.#widths.get(name);
    if (width === undefined) {
      width = this.pdf.font(fileName(weight, slice)).fontSize(100).widthOfString(character) / 100;
      this.#widths.set(name, width);
    }
    return width;
  }
}
