import type { Viewport } from '@deck.gl/core';
import type { Mercator } from '../../world/mercator.ts';
import type { MapColours } from '../map-colours.ts';
import { toRgb } from '../oklch.ts';

/** What every layer of marks needs for one picture. */
interface PictureProps {
  /** Mercator offset from the city's centre → clip space, column by column. */
  readonly toClip: number[];
  /** Clip units per CSS pixel, right and up. */
  readonly pixel: number[];
  /** Seconds of the shown clock. */
  readonly clock: number;
  /** CSS pixels per pixel of a 1080-line screen. */
  readonly scale: number;
  /** CSS pixels per metre on the ground. */
  readonly pixelsPerMetre: number;
  /** Device pixels per CSS pixel. */
  readonly sharpness: number;
  /** 1 where nothing but positions may move. */
  readonly calm: number;
}

// The library reads these blocks line by line: one field per line.
const pictureBlock = `\
layout(std140) uniform pictureUniforms {
  mat4 toClip;
  vec2 pixel;
  float clock;
  float scale;
  float pixelsPerMetre;
  float sharpness;
  float calm;
} picture;
`;

export const pictureModule = {
  name: 'picture',
  vs: pictureBlock,
  fs: pictureBlock,
  uniformTypes: {
    toClip: 'mat4x4<f32>',
    pixel: 'vec2<f32>',
    clock: 'f32',
    scale: 'f32',
    pixelsPerMetre: 'f32',
    sharpness: 'f32',
    calm: 'f32',
  },
} as const;

const INKS = ['ground', 'text', 'quiet', 'present', 'danger', 'warning', 'good'] as const;

const inkBlock = `\
layout(std140) uniform inkUniforms {
${INKS.map((ink) => `  vec3 ${ink};`).join('\n')}
} ink;
`;

export const inkModule = {
  name: 'ink',
  vs: inkBlock,
  fs: inkBlock,
  uniformTypes: {
    ground: 'vec3<f32>',
    text: 'vec3<f32>',
    quiet: 'vec3<f32>',
    present: 'vec3<f32>',
    danger: 'vec3<f32>',
    warning: 'vec3<f32>',
    good: 'vec3<f32>',
  },
} as const;

/** The colours of marks as the shaders take them. */
export const inkProps = (colours: MapColours): Record<(typeof INKS)[number], number[]> => ({
  ground: [...toRgb(colours.ground)],
  text: [...toRgb(colours.text)],
  quiet: [...toRgb(colours.quiet)],
  present: [...toRgb(colours.present)],
  danger: [...toRgb(colours.danger)],
  warning: [...toRgb(colours.warning)],
  good: [...toRgb(colours.good)],
});

/** The part of a picture that follows from the camera. */
export function cameraProps(
  viewport: Viewport,
  { originX, originY, metresPerUnit }: Mercator,
): Pick<PictureProps, 'toClip' | 'pixel' | 'pixelsPerMetre'> {
  const camera = viewport.viewProjectionMatrix;
  const toClip = camera.slice(0, 12);
  // The camera is moved to the city's centre here, in doubles: as Float32 in the shader it would shake.
  for (let row = 0; row < 4; row++)
    toClip.push((camera[row] ?? 0) * originX + (camera[4 + row] ?? 0) * originY + (camera[12 + row] ?? 0));
  return {
    toClip,
    pixel: [2 / viewport.width, 2 / viewport.height],
    pixelsPerMetre: viewport.scale / metresPerUnit,
  };
}
