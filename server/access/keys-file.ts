import { readFile } from 'node:fs/promises';
import { modeSchema } from '@maplewall/shared/domain/mode.ts';
import { idSchema, parserOf, textSchema, Type, type Static } from '@maplewall/shared/domain/schema.ts';
import { replaceFile } from './replace-file.ts';

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

const parseKeysFile = parserOf(keysFileSchema);

/**
 * Reads the file; one that is not there yet is an empty one.
 * @throws when it cannot be read or is not one of ours
 */
export async function readKeysFile(file: string): Promise<KeysFile> {
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT')
      return { formatVersion: 1, sources: [], devices: [] };
    throw error;
  }
  const parsed = parseKeysFile(toJson(text));
  if (parsed.ok) return parsed.value;
  const [first] = parsed.faults;
  throw new Error(
    `${file} is not a file of source keys: ${first?.field ?? ''} ${first?.values['reason'] ?? ''}`,
  );
}

function toJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/**
 * Replaces the file in one step, so that a power cut leaves the old one or the new one. Only its owner may read it.
 * @throws when the rows are not fit for the file or it cannot be written
 */
export async function writeKeysFile(file: string, rows: KeysFile): Promise<void> {
  const parsed = parseKeysFile(rows);
  if (!parsed.ok) {
    const [first] = parsed.faults;
    throw new Error(`not fit for the file of source keys: ${first?.field} ${first?.values['reason']}`);
  }
  await replaceFile(file, `${JSON.stringify(rows, undefined, 2)}\n`);
}
