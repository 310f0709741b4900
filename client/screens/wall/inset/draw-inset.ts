import type { RoadClass } from '@maplewall/shared/domain/road-class.ts';
import type { CanvasColours } from '../../../design/tokens.ts';
import { drawResponder } from './draw-responder.ts';
import { ringShare, type InsetScene } from './inset-scene.ts';
import type { RoadIndex } from './road-index.ts';

/** Metres from the incident to the nearer edge of the picture. */
const AROUND_METRES = 300;
const METRES_PER_DEGREE = 111_195;
const RING_UNITS = 46;

/** Widths of roads in units of the design. */
const ROAD_UNITS: Readonly<Record<RoadClass, number>> = {
  motorway: 9,
  arterial: 8,
  street: 5,
  lane: 3,
  path: 2,
};

export interface InsetStyle {
  readonly colours: CanvasColours;
  /** Pixels of the canvas for one unit of the design. */
  readonly unit: number;
}

/** Draws one incident with its streets, who is coming and its half minute into a canvas. */
export function drawInset(
  context: CanvasRenderingContext2D,
  scene: InsetScene,
  roads: RoadIndex,
  { colours, unit }: InsetStyle,
): void {
  const { width, height } = context.canvas;
  const pixelsPerMetre = Math.min(width, height) / (2 * AROUND_METRES);
  const east = METRES_PER_DEGREE * Math.cos((scene.lat * Math.PI) / 180) * pixelsPerMetre;
  const north = METRES_PER_DEGREE * pixelsPerMetre;
  const x = (lng: number): number => width / 2 + (lng - scene.lng) * east;
  const y = (lat: number): number => height / 2 - (lat - scene.lat) * north;
  context.fillStyle = colours.ground;
  context.fillRect(0, 0, width, height);
  context.lineCap = 'round';
  context.lineJoin = 'round';
  context.strokeStyle = colours.band;
  const degrees =
    (AROUND_METRES / METRES_PER_DEGREE) * 1.6 * (Math.max(width, height) / Math.min(width, height));
  for (const { class: roadClass, points } of roads.near(scene.lng, scene.lat, degrees)) {
    context.lineWidth = ROAD_UNITS[roadClass] * unit;
    context.beginPath();
    for (let index = 0; index < points.length; index += 2)
      context.lineTo(x(points[index] ?? 0), y(points[index + 1] ?? 0));
    context.stroke();
  }
  context.setLineDash([10 * unit, 10 * unit]);
  context.lineWidth = 3 * unit;
  for (const { lng, lat, age } of scene.showsWays ? scene.going : []) {
    context.strokeStyle = age === 'fresh' ? colours.present : colours.textThird;
    context.beginPath();
    context.moveTo(x(lng), y(lat));
    context.lineTo(width / 2, height / 2);
    context.stroke();
  }
  context.setLineDash([]);
  drawRing(context, scene, colours, unit);
  for (const responder of scene.going) {
    // Whoever is on the spot stands beside the mark, outside of its ring.
    const turn = (responder.around ?? 0) * 2 * Math.PI;
    const aside = responder.around === undefined ? 0 : (RING_UNITS + 26) * unit;
    drawResponder(context, responder, colours, {
      x: x(responder.lng) + Math.sin(turn) * aside,
      y: y(responder.lat) - Math.cos(turn) * aside,
      radius: 11 * unit,
    });
  }
}

/** The incident's mark, and the clock round it. */
function drawRing(
  context: CanvasRenderingContext2D,
  { ring }: InsetScene,
  colours: CanvasColours,
  unit: number,
): void {
  const [x, y] = [context.canvas.width / 2, context.canvas.height / 2];
  if (ring.kind !== 'none') {
    const { text: running, good: met, warning: late, danger: open } = colours;
    const arc = (share: number, widthUnits: number, colour: string): void => {
      context.strokeStyle = colour;
      context.lineWidth = widthUnits * unit;
      context.beginPath();
      context.arc(x, y, RING_UNITS * unit, -Math.PI / 2, (2 * share - 0.5) * Math.PI);
      context.stroke();
    };
    const colour = { running, met, late, open }[ring.kind];
    context.lineCap = 'butt';
    // No way is drawn through the ring.
    context.fillStyle = colours.ground;
    arc(1, 20, colours.ground);
    context.fill();
    arc(1, 3, colour);
    arc(ringShare(ring), 10, colour);
  }
  context.fillStyle = colours.danger;
  const half = 17 * unit;
  context.beginPath();
  context.roundRect(x - half, y - half, 2 * half, 2 * half, 8 * unit);
  context.fill();
}
