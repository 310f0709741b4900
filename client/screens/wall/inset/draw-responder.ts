import type { ResponderKind } from '@maplewall/shared/domain/responder.ts';
import type { CanvasColours } from '../../../design/tokens.ts';
import type { InsetResponder } from './inset-scene.ts';

/** Corners of those that are no disc and no square, right and up, in radii of a volunteer's disc. */
const CORNERS = {
  sentry: [
    [0, 1.43],
    [1.43, 0],
    [0, -1.43],
    [-1.43, 0],
  ],
  officer: [
    [0, 1.5],
    [0.92, -0.06],
    [0, -0.63],
    [-0.92, -0.06],
  ],
} as const;

function trace(context: CanvasRenderingContext2D, kind: ResponderKind, radius: number): void {
  context.beginPath();
  if (kind === 'volunteer') context.arc(0, 0, radius, 0, 2 * Math.PI);
  else if (kind === 'gridWorker')
    context.roundRect(-0.88 * radius, -0.88 * radius, 1.76 * radius, 1.76 * radius, 0.15 * radius);
  else for (const [right, up] of CORNERS[kind]) context.lineTo(right * radius, -up * radius);
  context.closePath();
}

/**
 * Draws somebody as the map does (client/map/layers/responders.ts): the shape says the kind; filled is fresh, hollow is
 * stale, dotted is a ghost.
 */
export function drawResponder(
  context: CanvasRenderingContext2D,
  { kind, age, heading }: InsetResponder,
  { present, ground, textSecond }: CanvasColours,
  { x, y, radius }: { readonly x: number; readonly y: number; readonly radius: number },
): void {
  context.save();
  context.translate(x, y);
  if (kind === 'officer') context.rotate(heading * 2 * Math.PI);
  trace(context, kind, radius);
  context.lineWidth = (age === 'fresh' ? 0.6 : 0.3) * radius;
  if (age === 'fresh') {
    context.strokeStyle = ground;
    context.stroke();
    context.fillStyle = present;
    context.fill();
  } else {
    context.strokeStyle = textSecond;
    if (age === 'stale') {
      context.fillStyle = ground;
      context.fill();
    } else context.setLineDash([(2 * Math.PI * radius) / 16]);
    context.stroke();
  }
  context.restore();
}
