import type { Result } from '@maplewall/shared/domain/fault.ts';
import { fetchHistory } from './fetch-history.ts';
import type { MinuteRef } from './history-index.ts';
import { openSegment, type LoadedSegment } from './open-segment.ts';

/** Fetches one minute and decodes it. The browser's own cache keeps each version of a minute. */
export async function fetchSegment(
  base: string,
  { day, minute, version }: MinuteRef,
): Promise<Result<LoadedSegment>> {
  const bytes = await fetchHistory(
    `${base}/${encodeURIComponent(day)}/${encodeURIComponent(minute)}` +
      (version === '' || version.startsWith('~') ? '' : `?version=${encodeURIComponent(version)}`),
    async (answer) => new Uint8Array(await answer.arrayBuffer()),
  );
  return bytes.ok ? openSegment(bytes.value) : bytes;
}
