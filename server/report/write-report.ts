import { randomUUID } from 'node:crypto';
import { rename, rm, writeFile } from 'node:fs/promises';
import type { ReportData } from './report-data.ts';
import { reportPdf } from './report-pdf.ts';
import type { ReportLanguage } from './say.ts';

export interface ReportFile {
  readonly data: ReportData;
  readonly language: ReportLanguage;
  readonly file: string;
}

/** Makes a report of what was gathered and writes it whole or not at all. */
export async function writeReport({ data, language, file }: ReportFile): Promise<void> {
  const bytes = await reportPdf(data, language);
  const half = `${file}.${randomUUID()}.part`;
  try {
    await writeFile(half, bytes, { flag: 'wx' });
    await rename(half, file);
  } catch (error) {
    await rm(half, { force: true });
    throw error;
  }
}
