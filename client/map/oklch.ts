/** A colour by lightness 0–1, chroma and hue in degrees: equal steps look equal. */
export interface Oklch {
  readonly lightness: number;
  readonly chroma: number;
  readonly hue: number;
}

/** Red, green and blue, each 0–1, gamma-coded as sRGB. */
export type Rgb = readonly [number, number, number];

export const oklch = (lightness: number, chroma: number, hue: number): Oklch => ({ lightness, chroma, hue });

const gammaCoded = (linear: number): number =>
  linear <= 0.0031308 ? 12.92 * linear : 1.055 * linear ** (1 / 2.4) - 0.055;
const toUnit = (value: number): number => Math.min(1, Math.max(0, value));

/** Matrices of Björn Ottosson, 'A perceptual color space for image processing' (2020). Clipped to what sRGB can show. */
export function toRgb({ lightness, chroma, hue }: Oklch): Rgb {
  const a = chroma * Math.cos((hue * Math.PI) / 180);
  const b = chroma * Math.sin((hue * Math.PI) / 180);
  const l = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3;
  const m = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3;
  const s = (lightness - 0.0894841775 * a - 1.291485548 * b) ** 3;
  return [
    toUnit(gammaCoded(4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s)),
    toUnit(gammaCoded(-1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s)),
    toUnit(gammaCoded(-0.0041960863 * l - 0.7034186147 * m + 1.707614701 * s)),
  ];
}

/** As `#rrggbb`, or `rgba(…)` where it is not opaque. */
export function toCss(colour: Oklch, alpha = 1): string {
  const bytes = toRgb(colour).map((part) => Math.round(part * 255));
  return alpha === 1
    ? `#${bytes.map((byte) => byte.toString(16).padStart(2, '0')).join('')}`
    : `rgba(${bytes.join(', ')}, ${alpha})`;
}
