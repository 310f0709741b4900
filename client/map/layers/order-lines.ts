import { CORNER_GLSL, MarksLayer, SHAPES_GLSL, type MarksProgram } from './marks-layer.ts';

/** The ways of running orders, piece by piece; the first piece begins where the responder is drawn. */
export class OrderLinesLayer extends MarksLayer {
  static override layerName = 'OrderLinesLayer';

  override program(): MarksProgram {
    return {
      vs: VERTEX,
      fs: FRAGMENT,
      attributes: [
        { attribute: 'glideFrom', format: 'float32x2', byteOffset: 0 },
        { attribute: 'glideTo', format: 'float32x2', byteOffset: 8 },
        { attribute: 'goal', format: 'float32x2', byteOffset: 16 },
        { attribute: 'times', format: 'float32x2', byteOffset: 24 },
        { attribute: 'look', format: 'unorm8x4', byteOffset: 32 },
      ],
    };
  }
}

const VERTEX = `\
#version 300 es
#define SHADER_NAME maplewall-order-lines-vertex
in vec2 glideFrom;
in vec2 glideTo;
in vec2 goal;
in vec2 times;
in vec4 look;
out vec2 at;
flat out float span;
flat out float isDashed;
${CORNER_GLSL}
void main(void) {
  isDashed = look.x > 0.0 ? 1.0 : 0.0;
  float part = times.y > times.x ? clamp((picture.clock - times.x) / (times.y - times.x), 0.0, 1.0) : 1.0;
  vec4 start = picture.toClip * vec4(mix(glideFrom, glideTo, part), 0.0, 1.0);
  vec4 end = picture.toClip * vec4(goal, 0.0, 1.0);
  vec2 from = start.xy / start.w / picture.pixel;
  vec2 to = end.xy / end.w / picture.pixel;
  span = length(to - from);
  vec2 along = span > 0.001 ? (to - from) / span : vec2(1.0, 0.0);
  float room = 3.0 * picture.scale;
  vec2 corner = cornerOf(gl_VertexID);
  at = vec2(corner.x < 0.0 ? -room : span + room, corner.y * room);
  vec2 place = from + along * at.x + vec2(-along.y, along.x) * at.y;
  gl_Position = vec4(place * picture.pixel, 0.0, 1.0);
}
`;

const FRAGMENT = `\
#version 300 es
#define SHADER_NAME maplewall-order-lines-fragment
precision highp float;
in vec2 at;
flat in float span;
flat in float isDashed;
out vec4 fragColor;
${SHAPES_GLSL}
void main(void) {
  float k = picture.scale;
  float d = length(vec2(at.x - clamp(at.x, 0.0, span), at.y)) - 1.25 * k;
  float shown = inside(d);
  if (isDashed > 0.5) shown *= inside(abs(mod(at.x, 11.0 * k) - 4.0 * k) - 3.2 * k);
  /* Opaque, so that the joints of two pieces do not shine through. */
  vec4 colour = over(vec4(0.0), mix(ink.present, ink.ground, 0.22), shown);
  if (colour.a < 0.01) discard;
  fragColor = colour;
}
`;
