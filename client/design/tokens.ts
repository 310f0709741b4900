/** The width and height at which one unit is one pixel. */
export const DESIGN_WIDTH = 3840;
export const DESIGN_HEIGHT = 2160;

/** Pixels of this screen for one unit of the design, as drawn for a screen alone at the usual distance. */
export const pixelsPerUnit = (width: number, height: number): number =>
  Math.min(width / DESIGN_WIDTH, height / DESIGN_HEIGHT);

/** Pixels of one unit as it is in force: `--u` of tokens.css. */
export const unitInForce = (element: Element): number =>
  Number.parseFloat(getComputedStyle(element).getPropertyValue('--u'));

/** Colours of the tokens that are in force, for what is drawn on a canvas. */
export interface CanvasColours {
  readonly text: string;
  readonly textSecond: string;
  readonly textThird: string;
  readonly hairline: string;
  readonly band: string;
  readonly bar: string;
  readonly present: string;
  readonly good: string;
  readonly warning: string;
  readonly danger: string;
  readonly ground: string;
}

/** Reads the tokens; a canvas knows no CSS variables. */
export function canvasColours(element: Element): CanvasColours {
  const style = getComputedStyle(element);
  const read = (name: string): string => style.getPropertyValue(name).trim();
  return {
    text: read('--text'),
    textSecond: read('--text-second'),
    textThird: read('--text-third'),
    hairline: read('--hairline'),
    band: read('--band'),
    bar: read('--bar'),
    present: read('--present'),
    good: read('--good'),
    warning: read('--warning'),
    danger: read('--danger'),
    ground: read('--ground'),
  };
}
