import { RESPONDER_KINDS, RESPONDER_STATES } from '@maplewall/shared/domain/responder.ts';
import { AGE_IN_SHADER, KIND_BITS, type Whose } from '../../world/ageing.ts';
import { HIDDEN, MERGE_SHIFT, MERGED_AWAY, STATE_BITS, STEPS_BACK } from '../../world/motion.ts';
import { CORNER_GLSL, MarksLayer, SHAPES_GLSL, type MarksProgram } from './marks-layer.ts';

const kind = (name: (typeof RESPONDER_KINDS)[number]): number => RESPONDER_KINDS.indexOf(name);
const state = (name: (typeof RESPONDER_STATES)[number]): number => RESPONDER_STATES.indexOf(name);

interface RespondersProps {
  /** Its limits of age are part of the shader: they do not change while the map stands. */
  readonly whose: Whose;
}

/** Outside the clock ring of the largest incident, so that neither hides the other. */
const AROUND_PIXELS = 35;

/**
 * volunteer: disc · sentry: diamond · officer: chevron, pointing where they go · grid worker: square
 * available: filled · offered: ring · going: filled with a short tail · on the spot: beside the incident's mark
 * stale: hollow · ghost: dotted
 *
 * The glide between fixes and the ageing are the shader's, from the clock alone.
 */
export class RespondersLayer extends MarksLayer<RespondersProps> {
  static override layerName = 'RespondersLayer';

  override program(): MarksProgram {
    return {
      vs: vertex(this.props.whose),
      fs: FRAGMENT,
      attributes: [
        { attribute: 'glideFrom', format: 'float32x2', byteOffset: 0 },
        { attribute: 'glideTo', format: 'float32x2', byteOffset: 8 },
        { attribute: 'times', format: 'float32x3', byteOffset: 16 },
        { attribute: 'look', format: 'unorm8x4', byteOffset: 28 },
      ],
    };
  }
}

const vertex = (whose: Whose): string => `\
#version 300 es
#define SHADER_NAME maplewall-responders-vertex
in vec2 glideFrom;
in vec2 glideTo;
in vec3 times;
in vec4 look;
out vec2 at;
flat out int kind;
flat out int state;
flat out float radius;
flat out int age;
flat out vec2 ahead;
flat out float strength;
${CORNER_GLSL}
${whose.glsl()}
void main(void) {
  int whose = int(look.x * 255.0 + 0.5);
  kind = whose & ${KIND_BITS};
  int crowd = int(look.y * 255.0 + 0.5);
  state = crowd & ${STATE_BITS};
  int merged = (crowd >> ${MERGE_SHIFT}) & 15;
  strength = (crowd & ${STEPS_BACK}) == 0 ? 1.0 : 0.28;
  if (whose == ${HIDDEN} || merged == ${MERGED_AWAY}) {
    gl_Position = vec4(2.0, 2.0, 2.0, 1.0);
    return;
  }
  float part = times.y > times.x ? clamp((picture.clock - times.x) / (times.y - times.x), 0.0, 1.0) : 1.0;
  age = fixAgeOf(whose, picture.clock - times.z);
  float heading = look.z * 255.0 / 256.0 * 6.2831853;
  ahead = vec2(sin(heading), cos(heading));
  bool isGoing = state == ${state('enRoute')} || state == ${state('assigned')};
  /* 0 where the whole city is seen, 1 in a street: there who waits may be large. */
  float near = smoothstep(0.06, 0.5, picture.pixelsPerMetre / picture.scale);
  radius = (state == ${state('available')} ? mix(2.7, 5.4, near) : mix(5.2, 6.6, near)) * picture.scale;
  if (kind == ${kind('officer')}) radius *= 1.25;
  if (kind == ${kind('sentry')}) radius *= 1.1;
  /* Two lie in a mark half as large again in area, sixteen in one of three times. */
  radius *= 1.0 + 0.1 * float(merged);
  float extent = radius * (isGoing ? 4.2 : 1.9) + 2.0 / picture.sharpness;
  at = cornerOf(gl_VertexID) * extent;
  vec2 shift = at;
  if (look.w > 0.0) {
    float around = (look.w * 255.0 - 1.0) / 255.0 * 6.2831853;
    shift += vec2(sin(around), cos(around)) * ${AROUND_PIXELS}.0 * picture.scale * part;
  }
  gl_Position = picture.toClip * vec4(mix(glideFrom, glideTo, part), 0.0, 1.0);
  gl_Position.xy += shift * picture.pixel * gl_Position.w;
  /* Whoever does something lies above whoever waits. */
  gl_Position.z = (0.5 - 0.1 * float(state) + (strength < 1.0 ? 0.4 : 0.0)) * gl_Position.w;
}
`;

const FRAGMENT = `\
#version 300 es
#define SHADER_NAME maplewall-responders-fragment
precision highp float;
in vec2 at;
flat in int kind;
flat in int state;
flat in float radius;
flat in int age;
flat in vec2 ahead;
flat in float strength;
out vec4 fragColor;
${SHAPES_GLSL}
float shape(vec2 p) {
  if (kind == ${kind('sentry')}) return diamond(p, radius * 1.3);
  if (kind == ${kind('officer')}) return chevron(vec2(p.x * ahead.y - p.y * ahead.x, dot(p, ahead)), radius * 1.2);
  if (kind == ${kind('gridWorker')}) return box(p, vec2(radius * 0.88), radius * 0.15);
  return disc(p, radius);
}
void main(void) {
  float d = shape(at);
  float line = max(1.0, 0.36 * radius);
  vec4 colour = vec4(0.0);
  bool isGoing = state == ${state('enRoute')} || state == ${state('assigned')};
  if (age == ${AGE_IN_SHADER.fresh}) {
    vec3 tone = state == ${state('available')} ? mix(ink.present, ink.ground, 0.34) : mix(ink.present, ink.text, 0.25);
    if (isGoing) {
      float behind = -dot(at, ahead) / (radius * 4.0);
      float aside = abs(at.x * ahead.y - at.y * ahead.x);
      float tail = inside(aside - radius * 0.6 * (1.0 - behind)) * step(0.0, behind) * max(0.0, 1.0 - behind);
      colour = over(colour, mix(ink.present, ink.text, 0.25), 0.9 * tail);
    }
    colour = over(colour, ink.ground, 0.75 * inside(d - 0.3 * radius));
    if (state == ${state('offered')}) {
      colour = over(colour, tone, inside(abs(d + 0.2 * line) - 0.5 * line));
    } else {
      colour = over(colour, tone, inside(d));
    }
  } else if (age == ${AGE_IN_SHADER.stale}) {
    colour = over(colour, ink.ground, 0.5 * inside(d));
    colour = over(colour, mix(ink.present, ink.quiet, 0.55), 0.8 * inside(abs(d + 0.12 * radius) - 0.14 * radius));
  } else {
    float dots = step(0.5, fract(atan(at.y, at.x) / 6.2831853 * 8.0));
    colour = over(colour, ink.quiet, 0.5 * dots * inside(abs(d + 0.12 * radius) - 0.14 * radius));
  }
  colour *= strength;
  if (colour.a < 0.03) discard;
  fragColor = colour;
}
`;
