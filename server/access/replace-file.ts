import { open, rename, rm } from 'node:fs/promises';

/**
 * Replaces a file in one step, so that a power cut leaves the old one or the new one. Only its owner may read it.
 * @throws when it cannot be written
 */
export async function replaceFile(file: string, text: string): Promise<void> {
  const beside = `${file}.${process.pid}.new`;
  try {
    const handle = await open(beside, 'w', 0o600);
    try {
      await handle.writeFile(text);
      await handle.sync();
    } finally {
      await handle.close();
    }
    await rename(beside, file);
  } catch (error) {
    await rm(beside, { force: true });
    throw error;
  }
}
