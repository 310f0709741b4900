import { fail, ok, type Result } from '@maplewall/shared/domain/fault.ts';
import { parserOf, Type, type Static } from '@maplewall/shared/domain/schema.ts';
import { isTileInside, wallLayoutSchema, type WallLayout } from '@maplewall/shared/domain/wall-layout.ts';
import { readJsonFile, writeJsonFile, type JsonFile } from '../access/json-file.ts';

export const MOST_LAYOUTS = 200;

const layoutsFileSchema = Type.Object(
  { formatVersion: Type.Literal(1), layouts: Type.Array(wallLayoutSchema, { maxItems: MOST_LAYOUTS }) },
  { additionalProperties: false },
);

/** Saved layouts by name, in one small file. */
export class Layouts {
  readonly #file: JsonFile<Static<typeof layoutsFileSchema>>;
  #layouts: ReadonlyMap<string, WallLayout>;
  #changing: Promise<unknown> = Promise.resolve();

  private constructor(
    file: JsonFile<Static<typeof layoutsFileSchema>>,
    layouts: ReadonlyMap<string, WallLayout>,
  ) {
    this.#file = file;
    this.#layouts = layouts;
  }

  /** @throws when the file cannot be read or is not one of ours */
  static async open(path: string): Promise<Layouts> {
    const file = { path, what: 'layouts', parse: parserOf(layoutsFileSchema) };
    const read = (await readJsonFile(file))?.layouts ?? [];
    return new Layouts(file, new Map(read.map((layout) => [layout.name, layout])));
  }

  /** By name. */
  all(): readonly WallLayout[] {
    return [...this.#layouts.values()].toSorted((a, b) => (a.name < b.name ? -1 : 1));
  }

  get(name: string): WallLayout | undefined {
    return this.#layouts.get(name);
  }

  /** Keeps a layout, in place of the one of its name. */
  async put(layout: WallLayout): Promise<Result<WallLayout>> {
    if (!isTileInside(layout)) return fail('request.invalid', 'tile', { reason: 'must lie inside the span' });
    if (!this.#layouts.has(layout.name) && this.#layouts.size >= MOST_LAYOUTS)
      return fail('layout.tooMany', '', { most: MOST_LAYOUTS });
    await this.#write(layout.name, layout);
    return ok(layout);
  }

  /** False when there is none of this name. */
  async remove(name: string): Promise<boolean> {
    if (!this.#layouts.has(name)) return false;
    await this.#write(name, undefined);
    return true;
  }

  /** One change after the other; what cannot be written does not hold. */
  async #write(name: string, layout: WallLayout | undefined): Promise<void> {
    const changed = this.#changing.then(async () => {
      const next = new Map(this.#layouts);
      if (layout === undefined) next.delete(name);
      else next.set(name, layout);
      await writeJsonFile(this.#file, { formatVersion: 1, layouts: [...next.values()] });
      this.#layouts = next;
    });
    this.#changing = changed.catch(() => undefined);
    await changed;
  }
}
