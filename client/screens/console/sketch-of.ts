import type { SketchFeature } from '../../map/sketch.ts';
import type { Reached } from '../../stores/reach-questions.ts';

/** The streets that are reached and the area round them, as they are drawn; the circle as the crow flies is not. */
export const sketchOf = ({ features }: Reached): readonly SketchFeature[] =>
  features.flatMap(({ geometry, properties: { what } }) =>
    what === 'asTheCrowFlies' ? [] : [{ type: 'Feature', properties: { what }, geometry }],
  );
