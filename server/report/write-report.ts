import { randomUUID } from 'node:crypto';
import { open, rename, rm } from 'node:fs/promises';
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
    const handle = await open(half, 'wx');
    try {
      await handle.writeFile(bytes);
      // A file with its final name is taken for whole, also after the power failed.
      await handle.sync();
    } finally {
      await handle.close();
    }
    await rename(half, file);
  } catch (error) {
    await rm(half, { force: true });
    throw error;
  }
}
