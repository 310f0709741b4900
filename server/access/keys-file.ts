import { modeSchema } from '@maplewall/shared/domain/mode.ts';
import { idSchema, parserOf, textSchema, Type, type Static } from '@maplewall/shared/domain/schema.ts';
import { readJsonFile, writeJsonFile, type JsonFile } from './json-file.ts';

const closed = { additionalProperties: false } as const;
const hashSchema = Type.String({ pattern: '^[0-9a-f]{64}$' });

const sourceRowSchema = Type.Object(
  { source: idSchema('Source'), mode: modeSchema, autoCheckIn: Type.Boolean(), keyHash: hashSchema },
  closed,
);
const deviceRowSchema = Type.Object(
  {
    source: idSchema('Source'),
    user: idSchema('Account'),
    device: idSchema('Device'),
    responderId: idSchema('Responder'),
    callSign: textSchema(40, 'Shown instead of a name'),
    passwordHash: hashSchema,
  },
  closed,
);
const keysFileSchema = Type.Object(
  {
    formatVersion: Type.Literal(1),
    sources: Type.Array(sourceRowSchema),
    devices: Type.Array(deviceRowSchema),
  },
  closed,
);

export type SourceRow = Static<typeof sourceRowSchema>;
export type DeviceRow = Static<typeof deviceRowSchema>;
export type KeysFile = Static<typeof keysFileSchema>;

const fileOf = (path: string): JsonFile<KeysFile> => ({
  path,
  what: 'source keys',
  parse: parserOf(keysFileSchema),
});

/**
 * Reads the file; one that is not there yet is an empty one.
 * @throws when it cannot be read or is not one of ours
 */
export const readKeysFile = async (file: string): Promise<KeysFile> =>
  (await readJsonFile(fileOf(file))) ?? { formatVersion: 1, sources: [], devices: [] };

/** @throws when the rows are not fit for the file or it cannot be written */
export const writeKeysFile = (file: string, rows: KeysFile): Promise<void> =>
  writeJsonFile(fileOf(file), rows);
