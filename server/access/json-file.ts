import { open, readFile, rename, rm } from 'node:fs/promises';
import type { Fault } from '@maplewall/shared/domain/fault.ts';
import type { Parsed } from '@maplewall/shared/domain/schema.ts';

/** One of the small files in DATA_DIR that the gateway keeps itself. */
export interface JsonFile<T> {
  readonly path: string;
  /** What it holds, for the sentence of an error. */
  readonly what: string;
  readonly parse: (value: unknown) => Parsed<T>;
}

/**
 * What the file holds; undefined where there is none yet.
 * @throws when it cannot be read or is not one of ours
 */
export async function readJsonFile<T>({ path, what, parse }: JsonFile<T>): Promise<T | undefined> {
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  }
  const json = toJson(text);
  if (json === undefined) throw new Error(`${path} is not a file of ${what}: it is not JSON`);
  const parsed = parse(json);
  if (parsed.ok) return parsed.value;
  throw new Error(`${path} is not a file of ${what}: ${firstOf(parsed.faults)}`);
}

/**
 * Replaces the file in one step, so that a power cut leaves the old one or the new one. Only its owner may read it.
 * @throws when the value is not fit for the file or it cannot be written
 */
export async function writeJsonFile<T>({ path, what, parse }: JsonFile<T>, value: T): Promise<void> {
  const parsed = parse(value);
  if (!parsed.ok) throw new Error(`not fit for the file of ${what}: ${firstOf(parsed.faults)}`);
  const beside = `${path}.${process.pid}.new`;
  try {
    const handle = await open(beside, 'w', 0o600);
    try {
      await handle.writeFile(`${JSON.stringify(value, undefined, 2)}\n`);
      await handle.sync();
    } finally {
      await handle.close();
    }
    await rename(beside, path);
  } catch (error) {
    await rm(beside, { force: true });
    throw error;
  }
}

function firstOf([first]: readonly Fault[]): string {
  const reason = String(first?.values['reason'] ?? '');
  return first === undefined || first.field === '' ? reason : `${first.field}: ${reason}`;
}

/** Undefined, which no JSON says, where the text is none. */
function toJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
