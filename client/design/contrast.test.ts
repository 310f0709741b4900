import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { mapColours, riskRamp, type MapColours } from '../map/map-colours.ts';
import { oklch, toRgb, type Rgb } from '../map/oklch.ts';
import type { StyleContext } from '../map/style-context.ts';
import { LEAST_HALO_PIXELS, nameLayers } from '../map/style-names.ts';

const css = readFileSync(new URL('tokens.css', import.meta.url), 'utf8');

/** The colours of a theme, as sRGB. */
function themeOf(selector: string): ReadonlyMap<string, Rgb> {
  const start = css.indexOf(`${selector} {`);
  const block = css.slice(start, css.indexOf('}', start));
  const found = [...block.matchAll(/--([a-z-]+): oklch\(([\d.]+) ([\d.]+) ([\d.]+)\)/g)];
  return new Map(
    found.map(([, name = '', lightness, chroma, hue]) => [
      name,
      toRgb(oklch(Number(lightness), Number(chroma), Number(hue))),
    ]),
  );
}
const linear = (part: number): number => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4);

/** Contrast of WCAG 2.2. */
function contrast(a: Rgb, b: Rgb): number {
  const luminance = ([red, green, blue]: Rgb): number =>
    0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue);
  const [light, dark] = [luminance(a), luminance(b)].toSorted((x, y) => y - x) as [number, number];
  return (light + 0.05) / (dark + 0.05);
}

/**
 * How somebody sees who lacks one kind of cones: Machado, Oliveira and Fernandes, 'A Physiologically-based Model for
 * Simulation of Color Vision Deficiency' (2009), severity 1, on linear sRGB.
 */
const BLINDNESS: Readonly<Record<string, readonly (readonly number[])[]>> = {
  protanopia: [
    [0.152286, 1.052583, -0.204868],
    [0.114503, 0.786281, 0.099216],
    [-0.003882, -0.048116, 1.051998],
  ],
  deuteranopia: [
    [0.367322, 0.860646, -0.227968],
    [0.280085, 0.672501, 0.047413],
    [-0.01182, 0.04294, 0.968881],
  ],
  tritanopia: [
    [1.255528, -0.076749, -0.178779],
    [-0.078411, 0.930809, 0.147602],
    [0.004733, 0.691367, 0.3039],
  ],
};

/** Distance in OKLab, in which equal steps look equal; 0.02 is just seen. */
function distance(a: readonly number[], b: readonly number[]): number {
  const lab = ([r = 0, g = 0, bl = 0]: readonly number[]): readonly number[] => {
    const l = Math.cbrt(Math.max(0, 0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * bl));
    const m = Math.cbrt(Math.max(0, 0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * bl));
    const s = Math.cbrt(Math.max(0, 0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * bl));
    return [
      0.2104542553 * l + 0.793617785 * m - 0.0040720468 * s,
      1.9779984951 * l - 2.428592205 * m + 0.4505937099 * s,
      0.0259040371 * l + 0.7827717662 * m - 0.808675766 * s,
    ];
  };
  const [first, second] = [lab(a), lab(b)];
  return Math.hypot(...first.map((part, index) => part - (second[index] ?? 0)));
}

interface NamePaint {
  readonly 'text-color': string;
  readonly 'text-halo-color': string;
  readonly 'text-halo-width': number;
}
const fromHex = (css: string): Rgb =>
  [1, 3, 5].map((from) => Number.parseInt(css.slice(from, from + 2), 16) / 255) as unknown as Rgb;

/** What names lie on: land, water, what is built, streets, and each step of risk over land. */
function mapGrounds(colours: MapColours): readonly Rgb[] {
  const { land, water, blocks, buildings, lane, street, arterial } = colours;
  const under = toRgb(land);
  const risk = riskRamp(colours).map(
    ({ colour, opacity }) =>
      toRgb(colour).map(
        (part, index) => opacity * part + (1 - opacity) * (under[index] ?? 0),
      ) as unknown as Rgb,
  );
  return [...[land, water, blocks, buildings, lane, street, arterial].map(toRgb), ...risk];
}

const LIGHT = ":root:is([data-theme='light'], [data-theme='print'])";
const STATES = ['danger', 'warning', 'good', 'present'] as const;

describe.each([
  ['dark', [':root']],
  ['light', [LIGHT]],
  ['print', [LIGHT, ":root[data-theme='print']"]],
] as const)('the colours of the %s theme', (name, selectors) => {
  const theme = new Map(selectors.flatMap((selector) => [...themeOf(selector)]));
  const colour = (name: string): Rgb => {
    const found = theme.get(name);
    if (found === undefined) throw new Error(`no colour --${name}`);
    return found;
  };
  const grounds = ['ground', 'panel'] as const;

  it('have figures and words at 7 to 1 on every ground', () => {
    for (const ground of grounds) expect(contrast(colour('text'), colour(ground))).toBeGreaterThanOrEqual(7);
  });

  it('have second and third words, and words in a state, at 4.5 to 1', () => {
    for (const name of ['text-second', 'text-third', ...STATES])
      for (const ground of grounds)
        expect([name, contrast(colour(name), colour(ground))]).toEqual([
          name,
          expect.toSatisfy((ratio: number) => ratio >= 4.5),
        ]);
    expect(contrast(colour('on-danger'), colour('danger'))).toBeGreaterThanOrEqual(4.5);
  });

  it('have figures in a state, and on its ground, at 7 to 1', () => {
    for (const ground of grounds)
      for (const name of ['danger-figure', 'warning-figure', 'text-second'])
        expect([name, contrast(colour(name), colour(ground)) >= 7]).toEqual([name, true]);
    for (const on of ['on-danger', 'ground'])
      expect([on, contrast(colour(on), colour('danger-figure')) >= 7]).toEqual([on, true]);
  });

  it('have the word of the frame, in the colour of the ground, at 4.5 to 1', () => {
    for (const frame of ['warning', 'replay', 'exercise'])
      expect(contrast(colour('ground'), colour(frame))).toBeGreaterThanOrEqual(4.5);
  });

  it.each([0.5, 1, 4])(
    'have names at 4.5 to 1 on all that they may lie on, drawn %f times as large',
    (scale) => {
      const onMap = mapColours(name);
      const onLand = mapGrounds(onMap);
      const layers = nameLayers({ scale, language: 'zh-CN' } as StyleContext, onMap).filter(
        ({ id }) => id !== 'obstacles',
      );
      expect(layers.length).toBeGreaterThan(5);
      for (const { id, paint } of layers as readonly { id: string; paint: NamePaint }[]) {
        const hasHalo = paint['text-halo-width'] >= LEAST_HALO_PIXELS;
        const beside = hasHalo ? [fromHex(paint['text-halo-color'])] : onLand;
        const least = Math.min(...beside.map((ground) => contrast(fromHex(paint['text-color']), ground)));
        expect([id, least]).toEqual([id, expect.toSatisfy((ratio: number) => ratio >= 4.5)]);
      }
    },
  );

  it('mean the same on the map', () => {
    const onMap = mapColours(name);
    for (const name of STATES) expect([name, toRgb(onMap[name])]).toEqual([name, colour(name)]);
  });

  it.each(Object.keys(BLINDNESS))('keep states apart for somebody with %s', (kind) => {
    const matrix = BLINDNESS[kind] ?? [];
    const seen = (name: string): readonly number[] => {
      const lights = colour(name).map(linear);
      return matrix.map((row) => row.reduce((sum, share, index) => sum + share * (lights[index] ?? 0), 0));
    };
    for (const [index, a] of STATES.entries())
      for (const b of STATES.slice(index + 1))
        expect([a, b, distance(seen(a), seen(b))]).toEqual([
          a,
          b,
          expect.toSatisfy((apart: number) => apart >= 0.05),
        ]);
  });
});
