import type { Page } from 'playwright-core';

/**
 * Pictures are compared in cells of so many pixels a side, by their mean colour: another way of smoothing an edge of a
 * letter stays below the tolerance, a panel, a mark or a sentence that is lacking does not.
 */
const CELL = 6;
/** Of 255, in one of the three colours. */
const SAME_WITHIN = 20;

export interface Difference {
  /** Share of the cells that are not the same, in per cent; 100 where the sizes differ. */
  readonly percent: number;
  /** The middle of all that differs, in pixels. */
  readonly at: readonly [x: number, y: number] | undefined;
}

/** Compares two PNG pictures in a page of a browser, which can read them. */
export async function difference(page: Page, one: Buffer, other: Buffer): Promise<Difference> {
  const [a, b] = [one, other].map((png) => JSON.stringify(`data:image/png;base64,${png.toString('base64')}`));
  return page.evaluate<Difference>(`(async () => {
    const read = async (address) => {
      const image = new Image();
      image.src = address;
      await image.decode();
      const columns = Math.floor(image.width / ${CELL});
      const rows = Math.floor(image.height / ${CELL});
      const canvas = new OffscreenCanvas(image.width, image.height);
      const context = canvas.getContext('2d', { willReadFrequently: true });
      context.drawImage(image, 0, 0);
      const { data } = context.getImageData(0, 0, image.width, image.height);
      const cells = new Float64Array(columns * rows * 3);
      for (let y = 0; y < rows * ${CELL}; y += 1)
        for (let x = 0; x < columns * ${CELL}; x += 1)
          for (let colour = 0; colour < 3; colour += 1)
            cells[(Math.floor(y / ${CELL}) * columns + Math.floor(x / ${CELL})) * 3 + colour] +=
              data[(y * image.width + x) * 4 + colour] / ${CELL * CELL};
      return { columns, rows, cells };
    };
    const [one, other] = await Promise.all([read(${a}), read(${b})]);
    if (one.columns !== other.columns || one.rows !== other.rows) return { percent: 100, at: undefined };
    let count = 0;
    let [left, top] = [0, 0];
    for (let cell = 0; cell < one.cells.length / 3; cell += 1) {
      const isSame = [0, 1, 2].every(
        (colour) => Math.abs(one.cells[cell * 3 + colour] - other.cells[cell * 3 + colour]) <= ${SAME_WITHIN},
      );
      if (isSame) continue;
      count += 1;
      left += (cell % one.columns) * ${CELL};
      top += Math.floor(cell / one.columns) * ${CELL};
    }
    return {
      percent: (100 * count) / (one.columns * one.rows),
      at: count === 0 ? undefined : [Math.round(left / count), Math.round(top / count)],
    };
  })()`);
}
