import { FILLS, type Fill } from '@maplewall/shared/rules/incident-fill.ts';
import { ENDED_MARK_SECONDS, HIDDEN_IN_CLUSTER, IS_DIVERTED } from '../../world/incident-marks.ts';
import { HALF_MINUTE_SECONDS } from '@maplewall/shared/rules/half-minute.ts';
import { CLOCK_RING_SECONDS, RING_GLSL, RING_IN_SHADER } from '../../world/ring-state.ts';
import { CORNER_GLSL, SHAPES_GLSL, type MarksProgram } from './marks-layer.ts';
import { MET_STAMP, MISSED_STAMP, SECONDS_UNIT } from './sign-atlas.ts';
import { CELL_PIXELS } from './text-sizes.ts';
import { SignedMarksLayer, SIGNS_GLSL } from './signed-marks-layer.ts';

/**
 * A rounded square with its category's sign; priority 1 and 2 larger, with a thick edge. Full while nobody has said yes, half full
 * while somebody is on the way, and only an edge when somebody is there. Round a new one a clock runs
 * down for thirty seconds and ends filled (with a notch where the first arrival happened), half, or open, see
 * `ringState`. The seconds stand beside it: between sign and ring nine pixels of a screen of 1080 lines are free, and
 * figures that are read from the farthest seat need thirteen; a wider ring would cover its neighbours' marks. After two minutes the clock shrinks into the edge. What ended leaves a faint
 * mark for five minutes. A mark that stands for several has their number at its corner.
 */
export class IncidentsLayer extends SignedMarksLayer {
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
}

const fill = (of: Fill): number => FILLS.indexOf(of);

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
flat out int fill;
flat out float halfSize;
flat out vec4 since;
flat out float shrunk;
flat out vec2 ring;
flat out float members;
${CORNER_GLSL}
${RING_GLSL}
void main(void) {
  category = int(look.x * 255.0 + 0.5);
  priority = int(look.y * 255.0 + 0.5);
  fill = int(look.z * 255.0 + 0.5);
  isDiverted = fill == ${IS_DIVERTED} ? 1.0 : 0.0;
  /* seconds since: received, first arrival, end, first shown; negative: has not happened */
  since = vec4(picture.clock) - times;
  members = floor(look.w * 255.0 + 0.5);
  if (since.z >= ${ENDED_MARK_SECONDS}.0 || members == ${HIDDEN_IN_CLUSTER}.0) {
    gl_Position = vec4(2.0, 2.0, 2.0, 1.0);
    return;
  }
  float arrival = picture.calm > 0.5 ? 1.0 : clamp(since.w / 0.4, 0.0, 1.0);
  float size = priority == 1 ? 15.0 : priority == 2 ? 13.0 : priority == 3 ? 10.5 : 8.0;
  if (isDiverted > 0.5) size = 6.5;
  if (since.z >= 0.0) size = 8.0;
  halfSize = size * picture.scale * (1.0 + 0.9 * (1.0 - arrival) * (1.0 - arrival));
  ring = ringOf(since.xyz, isDiverted < 0.5 && priority < 4);
  shrunk = ring.x == ${RING_IN_SHADER.none}.0 ? 1.0 : clamp((since.x - ${CLOCK_RING_SECONDS}.0) / 0.6 + 1.0, 0.0, 1.0);
  float extent = halfSize + 16.0 * picture.scale;
  vec2 corner = cornerOf(gl_VertexID);
  at = corner * extent;
  if (corner.x > 0.0) at.x += 96.0 * picture.scale * (1.0 - shrunk);
  gl_Position = picture.toClip * vec4(place, 0.0, 1.0);
  gl_Position.xy += at * picture.pixel * gl_Position.w;
}
`;

const FRAGMENT = `\
#version 300 es
#define SHADER_NAME maplewall-incidents-fragment
precision highp float;
in vec2 at;
flat in int category;
flat in int priority;
flat in float isDiverted;
flat in int fill;
flat in float halfSize;
flat in vec4 since;
flat in float shrunk;
flat in vec2 ring;
flat in float members;
out vec4 fragColor;
${SHAPES_GLSL}
${SIGNS_GLSL}
void main(void) {
  float k = picture.scale;
  bool isEnded = since.z >= 0.0;
  int state = int(ring.x);
  bool isMet = since.y >= 0.0 && since.x - since.y <= ${HALF_MINUTE_SECONDS}.0;
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
    float line = abs(length(at) - ringRadius);
    /* 0…1 clockwise from the top. */
    float turn = fract(atan(at.x, at.y) / 6.2831853);
    float shown = 1.0 - shrunk;
    float along = 6.2831853 * ringRadius;
    colour = over(colour, ink.ground, 0.6 * shown * inside(line - 4.2 * k));
    vec3 tone = state == ${RING_IN_SHADER.met} ? ink.good
      : state == ${RING_IN_SHADER.late} ? ink.warning
      : state == ${RING_IN_SHADER.running} ? ink.text
      : priority <= 2 ? ink.danger : ink.quiet;
    float filled = state == ${RING_IN_SHADER.met} ? 1.0
      : state == ${RING_IN_SHADER.late} ? 0.5
      : state == ${RING_IN_SHADER.running} ? ring.y / ${HALF_MINUTE_SECONDS}.0 : 0.0;
    colour = over(colour, tone, (filled < 1.0 ? 0.75 : 0.0) * shown * inside(line - 0.7 * k));
    float arc = filled >= 1.0 ? 1.0 : inside(max((turn - filled) * along, filled <= 0.0 ? 1.0 : -turn * along));
    colour = over(colour, tone, arc * shown * inside(line - 2.3 * k));
    if (state == ${RING_IN_SHADER.met}) {
      float notch = abs(fract(turn - ring.y / ${HALF_MINUTE_SECONDS}.0 + 0.5) - 0.5) * along;
      colour = over(colour, ink.ground, shown * inside(notch - 1.6 * k) * inside(line - 4.2 * k));
    }
    float value = state == ${RING_IN_SHADER.running} ? ceil(ring.y) : floor(ring.y);
    vec2 from = at - vec2(ringRadius + 9.0 * k, 0.0);
    float size = ${CELL_PIXELS.ring}.0 * k;
    float figures = numberWidth(figuresOf(value), ${SECONDS_UNIT}, size);
    float stamp = state == ${RING_IN_SHADER.running} ? 0.0 : ${CELL_PIXELS.stamp}.0 * k;
    float width = figures + stamp;
    float label = box(from - vec2(0.5 * width, 0.0), vec2(0.5 * width + 4.0 * k, 0.55 * size), 5.0 * k);
    colour = over(colour, ink.ground, 0.9 * shown * inside(label));
    colour = over(colour, tone, shown * number(value, ${SECONDS_UNIT}, from, size));
    if (stamp > 0.0) {
      int word = state == ${RING_IN_SHADER.met} ? ${MET_STAMP} : ${MISSED_STAMP};
      colour = over(colour, tone, shown * cover(word, from - vec2(figures + 0.5 * stamp, 0.19 * stamp), stamp));
    }
  }

  bool isUrgent = priority <= 2 && isDiverted < 0.5;
  vec3 urgent = priority == 1 ? ink.danger : ink.warning;
  vec3 usual = isMet ? ink.good : priority == 3 ? ink.text : ink.quiet;
  /* Half full to the middle of the sign; its upper half is drawn as on an empty one. */
  bool isFull = isDiverted < 0.5 && (fill == ${fill('nobody')} || (fill == ${fill('onTheWay')} && at.y < 0.0));
  vec3 plate = !isFull ? ink.ground : isUrgent ? urgent : mix(usual, ink.ground, 0.12);
  /* White on red in both themes. */
  vec3 drawn = !isFull ? (isUrgent ? ink.text : usual) : priority == 1 ? vec3(0.98) : ink.ground;
  vec3 rim = !isUrgent ? usual : isFull ? mix(urgent, ink.text, 0.55) : urgent;
  float edge = (priority == 1 ? 2.6 : priority == 2 ? 2.2 : priority == 3 ? 1.5 : 1.1) * k;
  float solid = isDiverted > 0.5 ? 0.5 : 1.0;
  colour = over(colour, ink.ground, 0.7 * solid * inside(d - 1.6 * k));
  colour = over(colour, plate, solid * inside(d));
  colour = over(colour, rim, solid * inside(abs(d + 0.5 * edge) - 0.5 * edge));
  colour = over(colour, drawn, solid * cover(category, at, halfSize * 1.5));
  if (members > 1.5) {
    float size = (isUrgent ? ${CELL_PIXELS.urgentBadge}.0 : ${CELL_PIXELS.badge}.0) * k;
    float width = numberWidth(figuresOf(members), -1, size);
    vec2 from = at - vec2(halfSize + (isUrgent ? 0.0 : 2.5 * k));
    float round_ = 0.55 * size;
    float badge = box(from, vec2(max(round_, 0.5 * width + 0.3 * size), round_), round_);
    /* As loud as the mark it belongs to, and no louder. */
    colour = over(colour, ink.ground, inside(badge - 1.4 * k));
    colour = over(colour, rim, inside(isUrgent ? badge : abs(badge + 0.6 * k) - 0.6 * k));
    colour = over(colour, isUrgent ? ink.ground : rim, number(members, -1, from + vec2(0.5 * width, 0.0), size));
  }
  if (colour.a < 0.01) discard;
  fragColor = colour;
}
`;
