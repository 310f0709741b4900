import { hash, randomBytes, timingSafeEqual } from 'node:crypto';
import { unwatchFile, watchFile } from 'node:fs';
import { parserOf, Type, type Static } from '@maplewall/shared/domain/schema.ts';
import { readJsonFile, writeJsonFile, type JsonFile } from './json-file.ts';

const keyFileSchema = Type.Object(
  { formatVersion: Type.Literal(1), keyHash: Type.String({ pattern: '^[0-9a-f]{64}$' }) },
  { additionalProperties: false },
);
const fileOf = (path: string): JsonFile<Static<typeof keyFileSchema>> => ({
  path,
  what: 'the admin key (remove it, and the next start makes a new key)',
  parse: parserOf(keyFileSchema),
});

interface Logger {
  error(details: object, message: string): void;
}

/** The key of whoever administers the gateway: admits screens, keeps layouts, acknowledges alarms. */
export interface AdminKey {
  isRight(given: string): boolean;
  /** Stops looking at the file. */
  close(): void;
}

/**
 * Opens the file of the admin key, and makes key and file where there is none. A key that the command line makes
 * beside a running gateway holds within a second.
 * @returns the key to be shown once, where it was made just now
 * @throws when the file cannot be read or written, or is not one of ours
 */
export async function openAdminKey(options: {
  readonly file: string;
  readonly logger?: Logger | undefined;
}): Promise<{ readonly adminKey: AdminKey; readonly made: string | undefined }> {
  const { file, logger } = options;
  const found = await readKeyHash(file);
  const made = found === undefined ? await replaceAdminKey(file) : undefined;
  let keyHash = Buffer.from(found ?? hashOf(made ?? ''));
  watchFile(file, { interval: 1_000, persistent: false }, () => {
    readKeyHash(file).then(
      (read) => {
        if (read !== undefined) keyHash = Buffer.from(read);
      },
      (error: unknown) => logger?.error({ error }, 'the changed admin key is not read; the old one holds'),
    );
  });
  return {
    adminKey: {
      isRight: (given) => timingSafeEqual(Buffer.from(hashOf(given)), keyHash),
      close: () => unwatchFile(file),
    },
    made,
  };
}

/**
 * Makes a new admin key; the old one is worth nothing from then on. Only its SHA-256 is kept.
 * @returns the key, to be shown once
 */
export async function replaceAdminKey(file: string): Promise<string> {
  const key = randomBytes(32).toString('base64url');
  await writeJsonFile(fileOf(file), { formatVersion: 1, keyHash: hashOf(key) });
  return key;
}

const hashOf = (key: string): string => hash('sha256', key, 'hex');

const readKeyHash = async (file: string): Promise<string | undefined> =>
  (await readJsonFile(fileOf(file)))?.keyHash;
