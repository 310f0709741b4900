import type { MapTheme } from './map-words.ts';
import { oklch, type Oklch } from './oklch.ts';

/** All colours of the map, by what they stand for. */
export interface MapColours {
  readonly outside: Oklch;
  readonly land: Oklch;
  readonly water: Oklch;
  readonly waterEdge: Oklch;
  readonly blocks: Oklch;
  readonly buildings: Oklch;
  readonly casing: Oklch;
  readonly lane: Oklch;
  readonly street: Oklch;
  readonly arterial: Oklch;
  readonly streetName: Oklch;
  readonly placeName: Oklch;
  readonly communityName: Oklch;
  readonly communityLine: Oklch;
  readonly halo: Oklch;
  readonly cityEdge: Oklch;
  /** Behind a mark, so that it stands off from the streets. */
  readonly ground: Oklch;
  readonly text: Oklch;
  readonly quiet: Oklch;
  readonly present: Oklch;
  readonly danger: Oklch;
  readonly warning: Oklch;
  readonly good: Oklch;
  readonly riskFrom: Oklch;
  readonly riskTo: Oklch;
}

const DARK: MapColours = {
  outside: oklch(0.14, 0.012, 255),
  land: oklch(0.2, 0.012, 255),
  water: oklch(0.18, 0.03, 240),
  waterEdge: oklch(0.26, 0.035, 240),
  blocks: oklch(0.225, 0.012, 255),
  buildings: oklch(0.25, 0.012, 255),
  casing: oklch(0.175, 0.012, 255),
  lane: oklch(0.28, 0.012, 255),
  street: oklch(0.33, 0.014, 255),
  arterial: oklch(0.4, 0.02, 255),
  streetName: oklch(0.66, 0.012, 255),
  placeName: oklch(0.7, 0.012, 255),
  communityName: oklch(0.68, 0.03, 240),
  communityLine: oklch(0.42, 0.03, 240),
  halo: oklch(0.17, 0.012, 255),
  cityEdge: oklch(0.55, 0.06, 230),
  ground: oklch(0.16, 0.012, 255),
  text: oklch(0.94, 0.005, 255),
  quiet: oklch(0.74, 0.01, 255),
  present: oklch(0.76, 0.1, 215),
  danger: oklch(0.66, 0.22, 25),
  warning: oklch(0.82, 0.16, 80),
  good: oklch(0.87, 0.15, 155),
  riskFrom: oklch(0.24, 0.03, 50),
  riskTo: oklch(0.72, 0.15, 55),
};

const LIGHT: MapColours = {
  outside: oklch(0.88, 0.006, 255),
  land: oklch(0.97, 0.004, 255),
  water: oklch(0.88, 0.03, 235),
  waterEdge: oklch(0.8, 0.04, 235),
  blocks: oklch(0.945, 0.005, 255),
  buildings: oklch(0.91, 0.006, 255),
  casing: oklch(0.86, 0.006, 255),
  lane: oklch(0.99, 0.002, 255),
  street: oklch(1, 0, 0),
  arterial: oklch(1, 0, 0),
  streetName: oklch(0.45, 0.012, 255),
  placeName: oklch(0.4, 0.012, 255),
  communityName: oklch(0.5, 0.04, 240),
  communityLine: oklch(0.72, 0.03, 240),
  halo: oklch(0.98, 0.002, 255),
  cityEdge: oklch(0.55, 0.08, 230),
  ground: oklch(0.99, 0.002, 255),
  text: oklch(0.22, 0.012, 255),
  quiet: oklch(0.5, 0.012, 255),
  present: oklch(0.43, 0.1, 225),
  danger: oklch(0.45, 0.19, 25),
  warning: oklch(0.53, 0.12, 70),
  good: oklch(0.51, 0.13, 155),
  riskFrom: oklch(0.92, 0.03, 60),
  riskTo: oklch(0.68, 0.15, 50),
};

/** As in the light, on white paper. */
const PRINT: MapColours = {
  ...LIGHT,
  outside: oklch(1, 0, 0),
  land: oklch(1, 0, 0),
  blocks: oklch(0.97, 0, 0),
  buildings: oklch(0.92, 0, 0),
  streetName: oklch(0.35, 0, 0),
  placeName: oklch(0.3, 0, 0),
  halo: oklch(1, 0, 0),
  ground: oklch(1, 0, 0),
  text: oklch(0.1, 0, 0),
};

const COLOURS: Readonly<Record<MapTheme, MapColours>> = { dark: DARK, light: LIGHT, print: PRINT };
export const mapColours = (theme: MapTheme): MapColours => COLOURS[theme];

/** Upper edges of the risk steps, of levels 0–100; a level up to the first is not drawn at all. */
export const RISK_EDGES = [20, 36, 52, 68, 84] as const;
const RISK_OPACITY = [0.22, 0.3, 0.38, 0.46, 0.55] as const;

/** The step of a level: 0 is not drawn, 1–5 from low to high. */
export const riskStep = (level: number): number => RISK_EDGES.filter((edge) => level > edge).length;

/** The warm ramp from the ground up, one colour and one opacity (at most 0.55) for each of the five steps. */
export function riskRamp({ riskFrom, riskTo }: MapColours): readonly { colour: Oklch; opacity: number }[] {
  return RISK_OPACITY.map((opacity, step) => {
    const part = (step + 1) / RISK_OPACITY.length;
    const between = (from: number, to: number): number => from + (to - from) * part;
    return {
      colour: oklch(
        between(riskFrom.lightness, riskTo.lightness),
        between(riskFrom.chroma, riskTo.chroma),
        between(riskFrom.hue, riskTo.hue),
      ),
      opacity,
    };
  });
}
