import { hash, randomBytes, randomUUID, timingSafeEqual } from 'node:crypto';
import { layoutNameSchema } from '@maplewall/shared/domain/wall-layout.ts';
import { parserOf, textSchema, Type, type Static } from '@maplewall/shared/domain/schema.ts';
import { readJsonFile, writeJsonFile, type JsonFile } from './json-file.ts';

/** What a person calls a screen. */
export const screenNameSchema = textSchema(60, 'Name of a screen');

const screenRowSchema = Type.Object(
  {
    id: Type.String({ pattern: '^[0-9a-f-]{36}$' }),
    name: screenNameSchema,
    layout: Type.Optional(layoutNameSchema),
    admittedAt: Type.Integer({ minimum: 0 }),
    tokenHash: Type.String({ pattern: '^[0-9a-f]{64}$' }),
  },
  { additionalProperties: false },
);
const screensFileSchema = Type.Object(
  { formatVersion: Type.Literal(1), screens: Type.Array(screenRowSchema) },
  { additionalProperties: false },
);

type ScreenRow = Static<typeof screenRowSchema>;

/** A screen that was admitted: it may look at everything and change nothing. */
export type Screen = Omit<ScreenRow, 'tokenHash'>;

/**
 * The screens that may look, each known by a token of its own. A token is random and long, only its SHA-256 is kept, and it
 * holds until somebody takes it away: no wall ever stands there because time ran out.
 */
export class ScreenTokens {
  readonly #file: JsonFile<Static<typeof screensFileSchema>>;
  #rows: readonly ScreenRow[];
  #changing: Promise<unknown> = Promise.resolve();
  readonly #revokedListeners = new Set<(screenId: string) => void>();

  private constructor(file: JsonFile<Static<typeof screensFileSchema>>, rows: readonly ScreenRow[]) {
    this.#file = file;
    this.#rows = rows;
  }

  /** @throws when the file cannot be read or is not one of ours */
  static async open(path: string): Promise<ScreenTokens> {
    const file = { path, what: 'screens', parse: parserOf(screensFileSchema) };
    return new ScreenTokens(file, (await readJsonFile(file))?.screens ?? []);
  }

  /** The screen with this token. */
  check(token: string): Screen | undefined {
    const given = Buffer.from(hash('sha256', token, 'hex'));
    const found = this.#rows.find(({ tokenHash }) => timingSafeEqual(Buffer.from(tokenHash), given));
    return found === undefined ? undefined : toScreen(found);
  }

  screens(): readonly Screen[] {
    return this.#rows.map(toScreen);
  }

  /**
   * Lets a screen in.
   * @returns the screen and its token, which is not kept
   */
  async admit(given: {
    readonly name: string;
    readonly layout: string | undefined;
    readonly at: number;
  }): Promise<{ readonly screen: Screen; readonly token: string }> {
    const token = randomBytes(32).toString('base64url');
    const row: ScreenRow = {
      id: randomUUID(),
      name: given.name,
      ...(given.layout === undefined ? {} : { layout: given.layout }),
      admittedAt: given.at,
      tokenHash: hash('sha256', token, 'hex'),
    };
    await this.#change((rows) => [...rows, row]);
    return { screen: toScreen(row), token };
  }

  /** Gives a screen another name or layout ('' takes the layout away); undefined when there is no such screen. */
  async set(
    id: string,
    given: { readonly name?: string | undefined; readonly layout?: string | undefined },
  ): Promise<Screen | undefined> {
    await this.#change((rows) =>
      rows.map((row) => {
        if (row.id !== id) return row;
        const { layout: before, ...rest } = row;
        const layout = given.layout ?? before;
        return {
          ...rest,
          name: given.name ?? row.name,
          ...(layout === undefined || layout === '' ? {} : { layout }),
        };
      }),
    );
    return this.screens().find((screen) => screen.id === id);
  }

  /** Takes a screen's token away; who listens closes its connections. False when there is no such screen. */
  async revoke(id: string): Promise<boolean> {
    const before = this.#rows.length;
    await this.#change((rows) => rows.filter((row) => row.id !== id));
    if (this.#rows.length === before) return false;
    for (const listener of this.#revokedListeners) listener(id);
    return true;
  }

  onRevoked(listener: (screenId: string) => void): void {
    this.#revokedListeners.add(listener);
  }

  /** One change after the other; what cannot be written does not hold. */
  async #change(change: (rows: readonly ScreenRow[]) => readonly ScreenRow[]): Promise<void> {
    const changed = this.#changing.then(async () => {
      const screens = [...change(this.#rows)];
      await writeJsonFile(this.#file, { formatVersion: 1, screens });
      this.#rows = screens;
    });
    this.#changing = changed.catch(() => undefined);
    await changed;
  }
}

const toScreen = ({ id, name, layout, admittedAt }: ScreenRow): Screen => ({
  id,
  name,
  ...(layout === undefined ? {} : { layout }),
  admittedAt,
});
