import type { Device, Texture } from '@luma.gl/core';
import { CATEGORIES } from '@maplewall/shared/domain/incident.ts';
import { CATEGORY_SIGNS, SIGN_STROKE, SIGN_UNITS, type CategorySign } from '../../design/category-signs.ts';
import { CELL_SHARES } from './text-sizes.ts';

/** Cells of the atlas: the signs in the order of CATEGORIES, the figures 0–9, the units of seconds and minutes, the stamps. */
export const SIGN_CELL_PIXELS = 128;
export const SIGN_COLUMNS = 5;
export const SIGN_ROWS = 5;
export const FIRST_FIGURE = CATEGORIES.length;
export const SECONDS_UNIT = FIRST_FIGURE + 10;
export const MINUTES_UNIT = FIRST_FIGURE + 11;
export const MET_STAMP = FIRST_FIGURE + 12;
export const MISSED_STAMP = FIRST_FIGURE + 13;

/** What stands behind figures, in the language shown. */
export interface AtlasUnits {
  /** One letter, as that of minutes: more do not fit into a cell at a size that can be read. */
  readonly seconds: string;
  readonly minutes: string;
  /** Whether somebody was there within half a minute. */
  readonly met: string;
  readonly missed: string;
}

/**
 * Draws the signs into one texture. `figureFont` is a loaded font for figures and units.
 */
export function makeSignAtlas(device: Device, figureFont: string, units: AtlasUnits): Texture {
  const width = SIGN_COLUMNS * SIGN_CELL_PIXELS;
  const height = SIGN_ROWS * SIGN_CELL_PIXELS;
  const canvas = new OffscreenCanvas(width, height);
  const context = canvas.getContext('2d');
  if (context === null) throw new Error('no canvas to draw the signs on');
  context.fillStyle = '#fff';
  context.strokeStyle = '#fff';
  context.lineCap = 'round';
  context.lineJoin = 'round';
  for (const [cell, category] of CATEGORIES.entries()) drawSign(context, cell, CATEGORY_SIGNS[category]);
  for (let figure = 0; figure <= 9; figure++)
    drawText(context, FIRST_FIGURE + figure, String(figure), figureFont, CELL_SHARES.figure);
  drawText(context, SECONDS_UNIT, units.seconds, figureFont, CELL_SHARES.unit);
  drawText(context, MINUTES_UNIT, units.minutes, figureFont, CELL_SHARES.unit);
  drawText(context, MET_STAMP, units.met, figureFont, CELL_SHARES.stamp);
  drawText(context, MISSED_STAMP, units.missed, figureFont, CELL_SHARES.stamp);
  const texture = device.createTexture({
    width,
    height,
    format: 'rgba8unorm',
    mipLevels: Math.floor(Math.log2(SIGN_CELL_PIXELS)) - 1,
    sampler: {
      minFilter: 'linear',
      magFilter: 'linear',
      mipmapFilter: 'linear',
      addressModeU: 'clamp-to-edge',
      addressModeV: 'clamp-to-edge',
    },
  });
  texture.copyExternalImage({ image: canvas });
  texture.generateMipmapsWebGL();
  return texture;
}

function inCell(context: OffscreenCanvasRenderingContext2D, cell: number, draw: () => void): void {
  context.save();
  context.translate(
    (cell % SIGN_COLUMNS) * SIGN_CELL_PIXELS,
    Math.floor(cell / SIGN_COLUMNS) * SIGN_CELL_PIXELS,
  );
  draw();
  context.restore();
}

function drawSign(
  context: OffscreenCanvasRenderingContext2D,
  cell: number,
  { strokes, fills }: CategorySign,
): void {
  inCell(context, cell, () => {
    context.scale(SIGN_CELL_PIXELS / SIGN_UNITS, SIGN_CELL_PIXELS / SIGN_UNITS);
    context.lineWidth = SIGN_STROKE;
    const [outline, inner] = [strokes, fills ?? ''].map((path) => new Path2D(path));
    if (outline !== undefined) context.stroke(outline);
    if (inner !== undefined) context.fill(inner);
  });
}

function drawText(
  context: OffscreenCanvasRenderingContext2D,
  cell: number,
  text: string,
  font: string,
  size: number,
): void {
  inCell(context, cell, () => {
    context.font = `600 ${SIGN_CELL_PIXELS * size}px "${font}"`;
    context.textAlign = 'center';
    context.textBaseline = 'alphabetic';
    context.fillText(text, SIGN_CELL_PIXELS / 2, SIGN_CELL_PIXELS * 0.88);
  });
}
