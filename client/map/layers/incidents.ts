import type { Layer, LayerProps, UpdateParameters } from '@deck.gl/core';
import type { Texture } from '@luma.gl/core';
import { CLOCK_RING_SECONDS, ENDED_MARK_SECONDS, HALF_MINUTE_SECONDS } from '../../world/incident-marks.ts';
import {
  CORNER_GLSL,
  MarksLayer,
  SHAPES_GLSL,
  type MarksProgram,
  type MarksProps,
  type MarksState,
} from './marks-layer.ts';
import {
  SIGN_CELL_PIXELS,
  SIGN_COLUMNS,
  SIGN_ROWS,
  FIRST_FIGURE,
  makeSignAtlas,
  SECONDS_UNIT,
} from './sign-atlas.ts';

interface IncidentsProps {
  readonly figureFont: string;
  /** Behind the seconds, in the language shown. */
  readonly secondsUnit: string;
}

/** From this scale on (a 4K wall) the seconds stand beside the ring. */
const FIGURES_FROM_SCALE = 1.5;

/**
 * A rounded square with its category's sign; priority 1 and 2 larger, with a thick edge. Round a new one a clock
 * fills for thirty seconds, with a notch where the first arrival happened: filled = met, half = late, open = nobody
 * yet. After two minutes the clock shrinks into the edge. What ended leaves a faint mark for five minutes.
 */
export class IncidentsLayer extends MarksLayer<IncidentsProps> {
  static override layerName = 'IncidentsLayer';

  override program(): MarksProgram {
    return {
      vs: VERTEX,
      fs: FRAGMENT,
      attributes: [
        { attribute: 'place', format: 'float32x2', byteOffset: 0 },
        { attribute: 'times', format: 'float32x4', byteOffset: 8 },
        { attribute: 'look', format: 'unorm8x4', byteOffset: 24 },
      ],
    };
  }

  declare state: MarksState & { signs?: Texture };

  protected override bindings(): Record<string, Texture> {
    const { figureFont, secondsUnit } = this.props;
    const signs = makeSignAtlas(this.context.device, figureFont, secondsUnit);
    this.setState({ signs });
    return { signs };
  }

  override updateState(params: UpdateParameters<Layer<IncidentsProps & MarksProps & LayerProps>>): void {
    super.updateState(params);
    const { props, oldProps } = params;
    if (oldProps.secondsUnit === undefined || props.secondsUnit === oldProps.secondsUnit) return;
    this.state.signs?.destroy();
    this.state.model.setBindings(this.bindings());
  }

  override finalizeState(context: Parameters<Layer['finalizeState']>[0]): void {
    this.state.signs?.destroy();
    super.finalizeState(context);
  }
}

const VERTEX = `\
#version 300 es
#define SHADER_NAME maplewall-incidents-vertex
in vec2 place;
in vec4 times;
in vec4 look;
out vec2 at;
flat out int category;
flat out int priority;
flat out float isDiverted;
flat out float halfSize;
flat out vec4 since;
flat out float shrunk;
${CORNER_GLSL}
void main(void) {
  category = int(look.x * 255.0 + 0.5);
  priority = int(look.y * 255.0 + 0.5);
  isDiverted = look.z > 0.0 ? 1.0 : 0.0;
  /* seconds since: received, first arrival, end, first shown; negative: has not happened */
  since = vec4(picture.clock) - times;
  if (since.z >= ${ENDED_MARK_SECONDS}.0) {
    gl_Position = vec4(2.0, 2.0, 2.0, 1.0);
    return;
  }
  float arrival = picture.calm > 0.5 ? 1.0 : clamp(since.w / 0.4, 0.0, 1.0);
  float size = priority == 1 ? 15.0 : priority == 2 ? 13.0 : priority == 3 ? 10.5 : 8.0;
  if (isDiverted > 0.5) size = 6.5;
  if (since.z >= 0.0) size = 8.0;
  halfSize = size * picture.scale * (1.0 + 0.9 * (1.0 - arrival) * (1.0 - arrival));
  shrunk = clamp((since.x - ${CLOCK_RING_SECONDS}.0) / 0.6, 0.0, 1.0);
  if (isDiverted > 0.5 || since.z >= 0.0 || priority == 4) shrunk = 1.0;
  float extent = halfSize + 16.0 * picture.scale;
  vec2 corner = cornerOf(gl_VertexID);
  at = corner * extent;
  if (corner.x > 0.0) at.x += 46.0 * picture.scale * (1.0 - shrunk);
  gl_Position = picture.toClip * vec4(place, 0.0, 1.0);
  gl_Position.xy += at * picture.pixel * gl_Position.w;
}
`;

const FRAGMENT = `\
#version 300 es
#define SHADER_NAME maplewall-incidents-fragment
precision highp float;
uniform sampler2D signs;
in vec2 at;
flat in int category;
flat in int priority;
flat in float isDiverted;
flat in float halfSize;
flat in vec4 since;
flat in float shrunk;
out vec4 fragColor;
${SHAPES_GLSL}
/* Coverage of one cell of the atlas, drawn so that the cell is 'size' CSS pixels wide. */
float cover(int cell, vec2 from, float size) {
  vec2 uv = from / size + 0.5;
  if (uv.x < 0.0 || uv.x > 1.0 || uv.y < 0.0 || uv.y > 1.0) return 0.0;
  vec2 origin = vec2(float(cell % ${SIGN_COLUMNS}), float(cell / ${SIGN_COLUMNS}));
  float detail = max(0.0, log2(${SIGN_CELL_PIXELS}.0 / (size * picture.sharpness)));
  return textureLod(signs, (origin + vec2(uv.x, 1.0 - uv.y)) / vec2(${SIGN_COLUMNS}.0, ${SIGN_ROWS}.0), detail).a;
}
void main(void) {
  float k = picture.scale;
  bool isEnded = since.z >= 0.0;
  bool hasArrived = since.y >= 0.0;
  float took = since.x - since.y;
  bool isMet = hasArrived && took <= ${HALF_MINUTE_SECONDS}.0;
  vec4 colour = vec4(0.0);

  float d = box(at, vec2(halfSize), halfSize * 0.34);
  if (isEnded) {
    float fade = mix(0.55, 0.14, clamp(since.z / ${ENDED_MARK_SECONDS}.0, 0.0, 1.0));
    colour = over(colour, ink.ground, 0.5 * fade * inside(d));
    colour = over(colour, ink.quiet, fade * inside(abs(d + 0.6 * k) - 0.6 * k));
    colour = over(colour, ink.quiet, fade * cover(category, at, halfSize * 1.5));
    if (colour.a < 0.01) discard;
    fragColor = colour;
    return;
  }

  if (shrunk < 1.0) {
    float ringRadius = mix(halfSize * 1.2 + 8.0 * k, halfSize, shrunk);
    float ring = abs(length(at) - ringRadius);
    /* 0…1 clockwise from the top. */
    float turn = fract(atan(at.x, at.y) / 6.2831853);
    float shown = 1.0 - shrunk;
    colour = over(colour, ink.ground, 0.6 * shown * inside(ring - 4.2 * k));
    float filled = clamp(since.x / ${HALF_MINUTE_SECONDS}.0, 0.0, 1.0);
    vec3 tone = ink.text;
    float half_ = 2.3 * k;
    if (hasArrived) {
      filled = isMet ? 1.0 : 0.5;
      tone = isMet ? ink.good : ink.warning;
    } else if (filled >= 1.0) {
      filled = 0.0;
      tone = priority <= 2 ? ink.danger : ink.quiet;
    }
    colour = over(colour, tone, (filled < 1.0 ? 0.75 : 0.0) * shown * inside(ring - 0.7 * k));
    float along = 6.2831853 * ringRadius;
    float arc = inside(max((turn - filled) * along, filled <= 0.0 ? 1.0 : -turn * along));
    if (filled >= 1.0) arc = 1.0;
    colour = over(colour, tone, arc * shown * inside(ring - half_));
    if (hasArrived) {
      float notch = abs(fract(turn - min(took / ${HALF_MINUTE_SECONDS}.0, isMet ? 1.0 : 0.5) + 0.5) - 0.5) * along;
      colour = over(colour, ink.ground, shown * inside(notch - 1.6 * k) * inside(ring - 4.2 * k));
    }
    if (k >= ${FIGURES_FROM_SCALE}) {
      float value = floor(hasArrived ? took : since.x);
      vec2 from = at - vec2(ringRadius + 9.0 * k, 0.0);
      float size = 17.0 * k;
      float pitch = size * 0.6;
      int count = value >= 100.0 ? 3 : value >= 10.0 ? 2 : 1;
      float width = (float(count) + 1.5) * pitch;
      float plate = box(from - vec2(0.5 * width, 0.0), vec2(0.5 * width + 4.0 * k, 0.55 * size), 5.0 * k);
      colour = over(colour, ink.ground, 0.62 * shown * inside(plate));
      int figure = int(floor(from.x / pitch));
      if (figure >= 0) {
        int digit = int(mod(floor(value / pow(10.0, float(count - 1 - figure))), 10.0));
        float drawn = figure < count
          ? cover(${FIRST_FIGURE} + digit, vec2(from.x - (float(figure) + 0.5) * pitch, from.y), size)
          : cover(${SECONDS_UNIT}, vec2(from.x - (float(count) + 0.85) * pitch, from.y), size);
        colour = over(colour, hasArrived ? tone : ink.text, shown * drawn);
      }
    }
  }

  bool isUrgent = priority <= 2 && isDiverted < 0.5;
  vec3 urgent = priority == 1 ? ink.danger : ink.warning;
  vec3 plate = isUrgent ? urgent : ink.ground;
  /* White on red in both themes. */
  vec3 drawn = priority == 1 ? vec3(0.98) : isUrgent ? ink.ground : priority == 3 ? ink.text : ink.quiet;
  vec3 rim = isUrgent ? mix(urgent, ink.text, 0.55) : isMet ? ink.good : priority == 3 ? ink.text : ink.quiet;
  float edge = (priority == 1 ? 2.6 : priority == 2 ? 2.2 : priority == 3 ? 1.5 : 1.1) * k;
  float solid = isDiverted > 0.5 ? 0.5 : 1.0;
  colour = over(colour, ink.ground, 0.7 * solid * inside(d - 1.6 * k));
  colour = over(colour, plate, solid * inside(d));
  colour = over(colour, rim, solid * inside(abs(d + 0.5 * edge) - 0.5 * edge));
  colour = over(colour, drawn, solid * cover(category, at, halfSize * 1.5));
  if (colour.a < 0.01) discard;
  fragColor = colour;
}
`;
