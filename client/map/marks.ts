import type { Layer } from '@deck.gl/core';
import type { AgeLimitsByKind } from '../world/ageing.ts';
import type { ClientWorld } from '../world/client-world.ts';
import type { MapColours } from './map-colours.ts';
import type { MapLayerVisibility } from './map-handle.ts';
import { IncidentsLayer } from './layers/incidents.ts';
import { PostsLayer } from './layers/posts.ts';
import { RespondersLayer } from './layers/responders.ts';
import type { PostMarks } from './post-marks.ts';

export interface MarksOptions {
  readonly clientWorld: ClientWorld;
  readonly postMarks: PostMarks;
  readonly colours: MapColours;
  readonly clock: () => number;
  readonly scale: number;
  readonly isCalm: boolean;
  readonly ageLimits: AgeLimitsByKind;
  readonly figureFont: string;
  readonly secondsUnit: string;
  readonly visible: MapLayerVisibility;
  /** A layer that keeps failing is left out, and the others go on. */
  readonly hasGivenUp: (part: string) => boolean;
}

/** The layers of marks from below to above. Made anew for a new look, never for a picture. */
export function marksLayers(options: MarksOptions): Layer[] {
  const { clientWorld, postMarks, colours, clock, scale, isCalm, visible } = options;
  const common = { colours, clock, scale, isCalm, mercator: clientWorld.mercator, parameters: PARAMETERS };
  const layers = [
    new PostsLayer({ ...common, id: 'posts', table: postMarks.table, visible: visible.posts !== false }),
    new RespondersLayer({
      ...common,
      id: 'responders',
      table: clientWorld.motion.table,
      ageLimits: options.ageLimits,
      visible: visible.responders !== false,
      // Depth decides who lies above whom here, and only here.
      parameters: { ...PARAMETERS, depthWriteEnabled: true, depthCompare: 'less-equal' },
    }),
    new IncidentsLayer({
      ...common,
      id: 'incidents',
      table: clientWorld.incidentMarks.table,
      visible: visible.incidents !== false,
      figureFont: options.figureFont,
      secondsUnit: options.secondsUnit,
    }),
  ];
  return layers.filter(({ id }) => !options.hasGivenUp(id));
}

/** Shaders give colours already multiplied by their opacity. */
const PARAMETERS = {
  depthWriteEnabled: false,
  depthCompare: 'always',
  blend: true,
  blendColorOperation: 'add',
  blendColorSrcFactor: 'one',
  blendColorDstFactor: 'one-minus-src-alpha',
  blendAlphaOperation: 'add',
  blendAlphaSrcFactor: 'one',
  blendAlphaDstFactor: 'one-minus-src-alpha',
} as const;
