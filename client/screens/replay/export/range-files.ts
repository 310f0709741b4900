import type { FaultCode } from '@maplewall/shared/domain/fault.ts';
import type { Answer } from '../../../stores/gateway-answer.ts';
import type { Span } from '../time-scale.ts';

/** What the gateway makes files of (docs/spec/export.md), and in which formats. */
export const RANGE_FILES = [
  { what: 'replay', formats: ['html'] },
  { what: 'incidents', formats: ['csv', 'geojson', 'parquet'] },
  { what: 'orders', formats: ['csv', 'parquet'] },
  { what: 'positions', formats: ['csv', 'geojson', 'gpx', 'parquet'] },
] as const;

/** They hold where people have been, which only the administrator takes away. */
export const needsAdminKey = (what: RangeFile['what']): boolean => what === 'positions' || what === 'replay';

export type RangeFile = (typeof RANGE_FILES)[number];
export type FileFormat = RangeFile['formats'][number];

/** As people write the names of formats. */
export const FORMAT_NAMES: Readonly<Record<FileFormat, string>> = {
  html: 'HTML',
  csv: 'CSV',
  geojson: 'GeoJSON',
  gpx: 'GPX',
  parquet: 'Parquet',
};

/** Whole seconds are what a range is named in. */
const momentWord = (at: number): string => new Date(at).toISOString().replace(/\.\d+Z$/, 'Z');

/** @param isThen whether a replay holds the past as the wall knew it as well */
export function fileAddress(
  what: RangeFile['what'],
  format: FileFormat,
  { from, to }: Span,
  isThen: boolean,
): string {
  const range = new URLSearchParams({ from: momentWord(from), to: momentWord(to) });
  if (what === 'replay') {
    if (isThen) range.set('as', 'then');
    return `/api/history/take-along?${range}`;
  }
  range.set('format', format);
  return `/api/export/${what}?${range}`;
}

/** A file that the gateway makes, with the name that it gives it. */
export async function fetchFile(
  address: string,
  adminKey: string | undefined,
): Promise<Answer<{ readonly file: Blob; readonly name: string }>> {
  try {
    const answer = await fetch(
      address,
      adminKey === undefined ? {} : { headers: { authorization: `Bearer ${adminKey}` } },
    );
    if (!answer.ok)
      return {
        ok: false,
        ...((await answer.json()) as { code: FaultCode; sentence: { 'zh-CN': string; en: string } }),
      };
    const name = /filename="([^"]+)"/.exec(answer.headers.get('content-disposition') ?? '')?.[1];
    return { ok: true, value: { file: await answer.blob(), name: name ?? 'maplewall' } };
  } catch {
    // Nobody answered, or the file broke off; it is said on the page.
    return { ok: false, code: 'unreachable', sentence: undefined };
  }
}
