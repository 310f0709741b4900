/** In pixels of a canvas. */
export interface Area {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

/**
 * The part of a map's canvas that a film shows: the smallest of the film's form that holds what the panels leave free, moved
 * and cut so that it lies within the canvas.
 */
export function filmCrop(
  free: Area,
  canvas: { readonly width: number; readonly height: number },
  form: number,
): Area {
  const wanted = Math.max(free.width, free.height * form);
  const width = Math.min(wanted, canvas.width, canvas.height * form);
  const height = width / form;
  const within = (middle: number, length: number, most: number): number =>
    Math.min(Math.max(0, middle - length / 2), most - length);
  return {
    left: within(free.left + free.width / 2, width, canvas.width),
    top: within(free.top + free.height / 2, height, canvas.height),
    width,
    height,
  };
}
