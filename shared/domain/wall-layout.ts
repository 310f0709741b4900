import { Type, type Static } from './schema.ts';
import { MOST_FARTHEST_METRES, MOST_SCREENS_A_SIDE, MOST_WIDTH_METRES } from './wall-limits.ts';

/** What a screen shows: all of it, or one part on a screen of its own. */
export const WALL_VIEWS = ['whole', 'west', 'east', 'queue', 'charts'] as const;
export type WallView = (typeof WALL_VIEWS)[number];

/** Names stand in addresses (/wall/NAME), so they hold no spaces and no signs but - and _. */
export const layoutNameSchema = Type.String({
  pattern: '^[A-Za-z0-9_\\-\\u4e00-\\u9fff]{1,40}$',
  description: 'Name of a layout',
});

const place = Type.Integer({ minimum: 0, maximum: MOST_SCREENS_A_SIDE - 1 });
const extent = Type.Integer({ minimum: 1, maximum: MOST_SCREENS_A_SIDE });
const metresSchema = (most: number, description: string) =>
  Type.Optional(Type.Number({ exclusiveMinimum: 0, maximum: most, description }));

/**
 * How one screen is set up, kept on the server by name. Several screens that make up one wall share `span` and differ in
 * `tile`: a screen shows the tile of that place out of a picture of so many columns and rows.
 *
 *   ┌─────┬─────┬─────┐
 *   │ 0 0 │ 1 0 │ 2 0 │   span {columns 3, rows 1}, tile {column, row}
 *   └─────┴─────┴─────┘
 */
export const wallLayoutSchema = Type.Object(
  {
    name: layoutNameSchema,
    view: Type.Unsafe<WallView>(Type.String({ enum: [...WALL_VIEWS] })),
    span: Type.Object({ columns: extent, rows: extent }, { additionalProperties: false }),
    tile: Type.Object({ column: place, row: place }, { additionalProperties: false }),
    theme: Type.Unsafe<'dark' | 'light'>(Type.String({ enum: ['dark', 'light'] })),
    language: Type.Unsafe<'zh-CN' | 'en'>(Type.String({ enum: ['zh-CN', 'en'] })),
    /** Whether the camera goes to what matters by itself. */
    director: Type.Boolean(),
    sound: Type.Boolean(),
    widthMetres: metresSchema(MOST_WIDTH_METRES, 'Width of the lit picture, for sizes that can be read'),
    farthestMetres: metresSchema(MOST_FARTHEST_METRES, 'From where it has to be read'),
    /** Whether the incidents of usual days lie under those of now. */
    ghostHeat: Type.Boolean(),
    /** For visitors: no names, no exact places. */
    visitor: Type.Boolean(),
  },
  { additionalProperties: false },
);
export type WallLayout = Static<typeof wallLayoutSchema>;

/** A tile that lies outside its own span shows nothing. */
export const isTileInside = ({ span, tile }: WallLayout): boolean =>
  tile.column < span.columns && tile.row < span.rows;
