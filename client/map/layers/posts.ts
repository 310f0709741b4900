import { CORNER_GLSL, MarksLayer, SHAPES_GLSL, type MarksProgram } from './marks-layer.ts';

/** So much of a ring says that somebody holds a post; what it reaches is drawn on the streets (style-reach.ts). */
const RING_PIXELS = 6.5;

/** Stations as small houses; posts as outlined diamonds, staffed ones in a ring. */
export class PostsLayer extends MarksLayer {
  static override layerName = 'PostsLayer';

  override program(): MarksProgram {
    return {
      vs: VERTEX,
      fs: FRAGMENT,
      attributes: [
        { attribute: 'place', format: 'float32x2', byteOffset: 0 },
        { attribute: 'look', format: 'unorm8x4', byteOffset: 8 },
      ],
    };
  }
}

const VERTEX = `\
#version 300 es
#define SHADER_NAME maplewall-posts-vertex
in vec2 place;
in vec4 look;
out vec2 at;
flat out float isStaffed;
flat out float isStation;
flat out float reach;
${CORNER_GLSL}
void main(void) {
  isStaffed = look.x > 0.0 ? 1.0 : 0.0;
  isStation = look.y > 0.0 ? 1.0 : 0.0;
  reach = ${RING_PIXELS} * picture.scale;
  float extent = isStaffed > 0.5 ? reach + 2.0 * picture.scale : 8.0 * picture.scale;
  at = cornerOf(gl_VertexID) * extent;
  gl_Position = picture.toClip * vec4(place, 0.0, 1.0);
  gl_Position.xy += at * picture.pixel * gl_Position.w;
}
`;

const FRAGMENT = `\
#version 300 es
#define SHADER_NAME maplewall-posts-fragment
precision highp float;
in vec2 at;
flat in float isStaffed;
flat in float isStation;
flat in float reach;
out vec4 fragColor;
${SHAPES_GLSL}
void main(void) {
  vec4 colour = vec4(0.0);
  float k = picture.scale;
  if (isStation > 0.5) {
    vec2 p = vec2(abs(at.x), at.y);
    float house = max(max(p.x - 4.2 * k, -p.y - 4.2 * k), dot(p - vec2(0.0, 5.6 * k), vec2(0.64, 0.77)));
    colour = over(colour, ink.ground, 0.85 * inside(house - 1.5 * k));
    colour = over(colour, ink.quiet, inside(house));
    colour = over(colour, ink.ground, inside(max(p.x - 1.1 * k, abs(p.y + 2.6 * k) - 1.6 * k)));
    if (colour.a < 0.01) discard;
    fragColor = colour;
    return;
  }
  /* 0 where the whole city is seen: there many rings of one park would be a net over it. */
  float near = smoothstep(0.08, 0.3, picture.pixelsPerMetre / k);
  if (isStaffed > 0.5) {
    float d = disc(at, reach);
    colour = over(colour, ink.present, mix(0.03, 0.07, near) * inside(d));
    colour = over(colour, ink.present, mix(0.24, 0.45, near) * inside(abs(d) - 0.55 * k));
  }
  float outline = abs(diamond(at, 4.2 * k)) - 0.5 * k;
  colour = over(colour, isStaffed > 0.5 ? ink.present : ink.quiet, mix(0.35, 0.6, near) * inside(outline));
  if (colour.a < 0.01) discard;
  fragColor = colour;
}
`;
