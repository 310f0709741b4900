import { mkdir, open, readFile, rename } from 'node:fs/promises';
import { dirname } from 'node:path';
import { promisify } from 'node:util';
import { deflateRaw, inflateRaw } from 'node:zlib';
import { frameNo } from '@maplewall/shared/domain/units.ts';
import { decodeKeyframe, encodeKeyframe } from '@maplewall/shared/frame/keyframe.ts';
import type { World } from '@maplewall/shared/world/world.ts';

/**
 * The world as it was at some place of the log, so that a restart reads only what came after. It is a read model: a
 * missing or damaged file costs time, nothing else.
 */
export async function readSnapshot(file: string): Promise<World | undefined> {
  const bytes = await readFile(file).catch(() => undefined);
  if (bytes === undefined) return undefined;
  const body = await promisify(inflateRaw)(bytes).catch(() => undefined);
  if (body === undefined) return undefined;
  const keyframe = decodeKeyframe(new Uint8Array(body.buffer, body.byteOffset, body.length));
  return keyframe.ok ? keyframe.value.world : undefined;
}

/** Written beside and then renamed, so that there is always a whole one. */
export async function writeSnapshot(file: string, world: World): Promise<void> {
  const body = encodeKeyframe(world, frameNo(0));
  const bytes = await promisify(deflateRaw)(body, { level: 1 });
  await mkdir(dirname(file), { recursive: true });
  const beside = `${file}.new`;
  const handle = await open(beside, 'w');
  try {
    await handle.writeFile(bytes);
    await handle.sync();
  } finally {
    await handle.close();
  }
  await rename(beside, file);
}
