import { textSchema, Type, wordSchema, type Static } from './schema.ts';
import type { EpochMs } from './units.ts';

/** What a scene may show of the map beside its ground. */
export const SCENE_LAYERS = ['responders', 'incidents', 'posts', 'orders', 'risk', 'labels'] as const;
export type SceneLayer = (typeof SCENE_LAYERS)[number];

export const MOST_SCENES = 100;
export const MOST_MARKS = 50;
export const MOST_NOTE_CHARACTERS = 2_000;
/** As fast and as slow as a replay can be. */
export const SLOWEST = 0.25;
export const FASTEST = 600;
export const MOST_SCENE_SECONDS = 3_600;

const closed = { additionalProperties: false } as const;
const lng = Type.Number({ minimum: -180, maximum: 180, description: 'Degrees east, WGS84' });
/** The map ends at 85 degrees. */
const lat = Type.Number({ minimum: -85, maximum: 85, description: 'Degrees north, WGS84' });

const markSchema = Type.Object({ lng, lat, text: textSchema(40, 'What stands at the mark') }, closed);

export const sceneSchema = Type.Object(
  {
    at: Type.Unsafe<EpochMs>(
      Type.Integer({
        minimum: 946_684_800_000,
        maximum: 4_102_444_800_000,
        description: 'The moment with which the scene begins, in milliseconds since 1970',
      }),
    ),
    bounds: Type.Object({ west: lng, south: lat, east: lng, north: lat }, closed),
    layers: Type.Array(wordSchema(SCENE_LAYERS, 'What is shown on the map'), {
      maxItems: SCENE_LAYERS.length,
    }),
    speed: Type.Number({ minimum: SLOWEST, maximum: FASTEST, description: 'Shown seconds per second' }),
    seconds: Type.Integer({
      minimum: 1,
      maximum: MOST_SCENE_SECONDS,
      description: 'How long the scene plays before it waits',
    }),
    note: Type.String({
      maxLength: MOST_NOTE_CHARACTERS,
      pattern: '^[^\\u0000-\\u0008\\u000b-\\u001f\\u007f\\ud800-\\udfff]*$',
      description: 'Plain text; may be empty',
    }),
    marks: Type.Array(markSchema, { maxItems: MOST_MARKS }),
  },
  closed,
);

/** A moment, a part of the map and what is said about it. */
export type Scene = Readonly<Omit<Static<typeof sceneSchema>, 'layers' | 'marks'>> & {
  readonly layers: readonly SceneLayer[];
  readonly marks: readonly SceneMark[];
};
export type SceneMark = Readonly<Static<typeof markSchema>>;

/** What somebody makes: the order of the scenes is the order in which they are shown. */
export const briefingContentSchema = Type.Object(
  {
    title: textSchema(120, 'Title'),
    scenes: Type.Array(sceneSchema, { maxItems: MOST_SCENES }),
  },
  closed,
);
export interface BriefingContent {
  readonly title: string;
  readonly scenes: readonly Scene[];
}

/** The place of the first scene whose bounds hold nothing; undefined when all are sound. No schema can say this. */
export function sceneWithoutArea({ scenes }: BriefingContent): number | undefined {
  const found = scenes.findIndex(({ bounds }) => bounds.west >= bounds.east || bounds.south >= bounds.north);
  return found === -1 ? undefined : found;
}
