import { CORNER_GLSL, SHAPES_GLSL, type MarksProgram } from './marks-layer.ts';
import { MINUTES_UNIT } from './sign-atlas.ts';
import { CELL_PIXELS } from './text-sizes.ts';
import { SignedMarksLayer, SIGNS_GLSL } from './signed-marks-layer.ts';

/** Nearer than this the minutes would lie upon the incident's own mark, and say nothing that is not seen. */
const NEAR_GOAL_PIXELS = 36;

/** The minutes to go, above whoever is on the way. */
export class OrderHeadsLayer extends SignedMarksLayer {
  static override layerName = 'OrderHeadsLayer';

  override program(): MarksProgram {
    return {
      vs: VERTEX,
      fs: FRAGMENT,
      attributes: [
        { attribute: 'glideFrom', format: 'float32x2', byteOffset: 0 },
        { attribute: 'glideTo', format: 'float32x2', byteOffset: 8 },
        { attribute: 'times', format: 'float32x3', byteOffset: 16 },
        { attribute: 'goal', format: 'float32x2', byteOffset: 28 },
      ],
    };
  }
}

const VERTEX = `\
#version 300 es
#define SHADER_NAME maplewall-order-heads-vertex
in vec2 glideFrom;
in vec2 glideTo;
in vec3 times;
in vec2 goal;
out vec2 at;
flat out float minutes;
${CORNER_GLSL}
void main(void) {
  minutes = times.z;
  float part = times.y > times.x ? clamp((picture.clock - times.x) / (times.y - times.x), 0.0, 1.0) : 1.0;
  at = cornerOf(gl_VertexID) * vec2(34.0, 11.0) * picture.scale;
  vec2 shift = at + vec2(0.0, 19.0) * picture.scale;
  gl_Position = picture.toClip * vec4(mix(glideFrom, glideTo, part), 0.0, 1.0);
  vec4 end = picture.toClip * vec4(goal, 0.0, 1.0);
  vec2 way = (end.xy / end.w - gl_Position.xy / gl_Position.w) / picture.pixel;
  if (length(way) < ${NEAR_GOAL_PIXELS}.0 * picture.scale) {
    gl_Position = vec4(2.0, 2.0, 2.0, 1.0);
    return;
  }
  gl_Position.xy += shift * picture.pixel * gl_Position.w;
}
`;

const FRAGMENT = `\
#version 300 es
#define SHADER_NAME maplewall-order-heads-fragment
precision highp float;
in vec2 at;
flat in float minutes;
out vec4 fragColor;
${SHAPES_GLSL}
${SIGNS_GLSL}
void main(void) {
  float k = picture.scale;
  float size = ${CELL_PIXELS.orderHead}.0 * k;
  float value = min(999.0, minutes);
  float width = numberWidth(figuresOf(value), ${MINUTES_UNIT}, size);
  vec4 colour = over(vec4(0.0), ink.ground, 0.9 * inside(box(at, vec2(0.5 * width + 4.0 * k, 10.0 * k), 5.0 * k)));
  colour = over(colour, mix(ink.present, ink.text, 0.4), number(value, ${MINUTES_UNIT}, at + vec2(0.5 * width, 0.0), size));
  if (colour.a < 0.01) discard;
  fragColor = colour;
}
`;
