import { readdirSync, readFileSync } from 'node:fs';
import type { LayerSpecification } from 'maplibre-gl';
import { describe, expect, it } from 'vitest';
import { SMALLEST_TEXT_UNITS } from '../design/reading-size.ts';
import { CELL_PIXELS, CELL_SHARES, LEAST_TEXT_PIXELS } from './layers/text-sizes.ts';
import { mapColours } from './map-colours.ts';
import { Sketch } from './sketch.ts';
import type { StyleContext } from './style-context.ts';
import { nameLayers } from './style-names.ts';

const CLIENT = new URL('..', import.meta.url);

/** Every size that a layer's text has at any zoom, in any of its parts. */
function sizesOf({ layout }: LayerSpecification & { readonly layout?: object }): readonly number[] {
  const { 'text-size': size, 'text-field': field } = layout as Record<string, unknown>;
  const sizes = Array.isArray(size)
    ? size.slice(3).filter((_, index): boolean => index % 2 === 1)
    : [size as number];
  const scales = [...JSON.stringify(field).matchAll(/"font-scale":([\d.]+)/g)].map(([, scale]) =>
    Number(scale),
  );
  return sizes.flatMap((each: number) => [each, ...scales.map((scale) => each * scale)]);
}

describe('nothing that is to be read is smaller than the smallest text of the design', () => {
  it.each(['zh-CN', 'en'] as const)(
    'among the names of the map and what tools write on it (%s)',
    (language) => {
      const context = { scale: 1, language } as unknown as StyleContext;
      const colours = mapColours('dark');
      const written = [...nameLayers(context, colours), ...new Sketch().layers(context, colours)].filter(
        // What names keep clear of is never seen.
        ({ type, id }) => type === 'symbol' && id !== 'obstacles',
      );
      expect(written.length).toBeGreaterThan(8);
      for (const layer of written)
        expect([layer.id, Math.min(...sizesOf(layer)) >= LEAST_TEXT_PIXELS - 1e-9]).toEqual([layer.id, true]);
    },
  );

  it('among the figures, units and stamps beside marks', () => {
    const { ring, orderHead, stamp, badge, urgentBadge } = CELL_PIXELS;
    const drawn = [
      ...[ring, orderHead].flatMap((cell) => [cell * CELL_SHARES.figure, cell * CELL_SHARES.unit]),
      ...[badge, urgentBadge].map((cell) => cell * CELL_SHARES.figure),
      stamp * CELL_SHARES.stamp,
    ];
    expect(Math.min(...drawn)).toBeGreaterThanOrEqual(LEAST_TEXT_PIXELS);
  });

  it('among the panels and the parts of the wall', () => {
    const files = ['panels', 'screens/wall'].flatMap((folder) =>
      readdirSync(new URL(folder, CLIENT), { recursive: true, encoding: 'utf8' })
        .filter((file) => file.endsWith('.vue'))
        .map((file) => `${folder}/${file}`),
    );
    expect(files.length).toBeGreaterThan(20);
    for (const file of files)
      for (const [rule, units] of readFileSync(new URL(file, CLIENT), 'utf8').matchAll(
        /font-size: calc\(([\d.]+) \* var\(--u\)\)/g,
      ))
        expect([file, rule, Number(units) >= SMALLEST_TEXT_UNITS]).toEqual([file, rule, true]);
  });
});
