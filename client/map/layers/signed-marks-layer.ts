import type { Layer } from '@deck.gl/core';
import type { Texture } from '@luma.gl/core';
import { MarksLayer, type MarksState } from './marks-layer.ts';
import {
  FIRST_FIGURE,
  makeSignAtlas,
  SIGN_CELL_PIXELS,
  SIGN_COLUMNS,
  SIGN_ROWS,
  type AtlasUnits,
} from './sign-atlas.ts';

export interface SignedProps {
  readonly figureFont: string;
  /** Behind figures, in the language shown. */
  readonly units: AtlasUnits;
}

/** Marks with signs and figures in them, from one texture. */
export abstract class SignedMarksLayer extends MarksLayer<SignedProps> {
  static override layerName = 'SignedMarksLayer';

  declare state: MarksState & { signs?: Texture };

  protected override bindings(): Record<string, Texture> {
    const { figureFont, units } = this.props;
    // A map speaks one language all its life.
    const signs = makeSignAtlas(this.context.device, figureFont, units);
    this.setState({ signs });
    return { signs };
  }

  override finalizeState(context: Parameters<Layer['finalizeState']>[0]): void {
    this.state.signs?.destroy();
    super.finalizeState(context);
  }
}

/** For fragment shaders, after SHAPES_GLSL: the coverage of signs and of numbers. Sizes are in CSS pixels. */
export const SIGNS_GLSL = `\
uniform sampler2D signs;
/* One cell of the atlas, drawn so that the cell is 'size' wide, round 'from'. */
float cover(int cell, vec2 from, float size) {
  vec2 uv = from / size + 0.5;
  if (uv.x < 0.0 || uv.x > 1.0 || uv.y < 0.0 || uv.y > 1.0) return 0.0;
  vec2 origin = vec2(float(cell % ${SIGN_COLUMNS}), float(cell / ${SIGN_COLUMNS}));
  float detail = max(0.0, log2(${SIGN_CELL_PIXELS}.0 / (size * picture.sharpness)));
  return textureLod(signs, (origin + vec2(uv.x, 1.0 - uv.y)) / vec2(${SIGN_COLUMNS}.0, ${SIGN_ROWS}.0), detail).a;
}
int figuresOf(float value) {
  return value >= 100.0 ? 3 : value >= 10.0 ? 2 : 1;
}
/* Width of a number of so many figures with its unit (unit < 0: without one). */
float numberWidth(int figures, int unit, float size) {
  return (float(figures) + (unit < 0 ? 0.0 : 1.5)) * size * 0.6;
}
/* A whole number and its unit, from 'from' on to the right. */
float number(float value, int unit, vec2 from, float size) {
  float pitch = size * 0.6;
  int count = figuresOf(value);
  int figure = int(floor(from.x / pitch));
  if (figure < 0) return 0.0;
  if (figure < count) {
    int digit = int(mod(floor(value / pow(10.0, float(count - 1 - figure)) + 0.001), 10.0));
    return cover(${FIRST_FIGURE} + digit, vec2(from.x - (float(figure) + 0.5) * pitch, from.y), size);
  }
  return unit < 0 ? 0.0 : cover(unit, vec2(from.x - (float(count) + 0.85) * pitch, from.y), size);
}
`;
