import type { FilterSpecification, LayerSpecification } from 'maplibre-gl';
import type { RoadClass } from '@maplewall/shared/domain/road-class.ts';
import type { MapColours } from './map-colours.ts';
import { toCss } from './oklch.ts';
import { byZoom, zoomOn, type StyleContext } from './style-context.ts';

interface StreetLook {
  readonly class: RoadClass;
  readonly from: number;
  readonly widths: readonly (readonly [number, number])[];
  readonly colour: 'lane' | 'street' | 'arterial';
}

/** From below to above. */
const STREETS: readonly StreetLook[] = [
  {
    class: 'path',
    from: 14.5,
    widths: [
      [14.5, 0.5],
      [18, 3],
    ],
    colour: 'lane',
  },
  {
    class: 'lane',
    from: 12.5,
    widths: [
      [12.5, 0.3],
      [14, 1],
      [18, 9],
    ],
    colour: 'lane',
  },
  {
    class: 'street',
    from: 10.5,
    widths: [
      [10.5, 0.3],
      [12, 0.8],
      [14, 2.4],
      [18, 16],
    ],
    colour: 'street',
  },
  {
    class: 'arterial',
    from: 0,
    widths: [
      [9, 0.6],
      [12, 1.7],
      [14, 4.2],
      [18, 24],
    ],
    colour: 'arterial',
  },
  {
    class: 'motorway',
    from: 0,
    widths: [
      [9, 0.9],
      [12, 2.4],
      [14, 5.6],
      [18, 28],
    ],
    colour: 'arterial',
  },
];

/** Streets by class, wide ones above narrow ones, each with a casing. */
export function streetLayers(options: StyleContext, colours: MapColours): LayerSpecification[] {
  const line = (look: StreetLook, part: 'casing' | 'street'): LayerSpecification => ({
    id: `${look.class}-${part}`,
    type: 'line',
    source: 'roads',
    // Seen with the whole city a casing would only eat the street.
    minzoom: Math.max(0, zoomOn(options, part === 'casing' ? Math.max(look.from, 13) : look.from)),
    filter: ['==', ['get', 'class'], look.class] satisfies FilterSpecification,
    layout: { 'line-cap': 'round', 'line-join': 'round' },
    paint: {
      'line-color': toCss(part === 'casing' ? colours.casing : colours[look.colour]),
      'line-width': byZoom(
        options,
        ...look.widths.map(([zoom, pixels]) => [zoom, part === 'casing' ? pixels + 1.6 : pixels] as const),
      ),
    },
  });
  return [
    ...STREETS.filter(({ class: name }) => name !== 'path').map((look) => line(look, 'casing')),
    ...STREETS.map((look) => line(look, 'street')),
  ];
}
