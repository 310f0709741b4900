import { setTimeout as wait } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { AskFault, askWith, overHttp } from '../report/ask-gateway.ts';
import { gather } from '../report/report-data.ts';
import { REPORT_LANGUAGES, type ReportLanguage } from '../report/say.ts';
import { writeReport } from '../report/write-report.ts';

export const reportUsage = `maplewall report --day YYYY-MM-DD --out FILE [options]

Asks a running gateway for a day and writes its report: figures, charts, what stood out with its map, all incidents; a PDF of some A4 pages.

  --day YYYY-MM-DD   the day, in the time zone of the city
  --out FILE         the PDF; written whole or not at all
  --language WORD    zh-CN (default) or en
  --server URL       the gateway; default http://localhost:8080
  --key KEY          the admin key, where the gateway stands on another machine; or MAPLEWALL_KEY
`;

/** How long nothing may get on at the gateway before the report is made of what there is. */
const PATIENCE_MS = 60_000;

/** `maplewall report`. Answers the exit code. */
export async function reportCommand(args: readonly string[]): Promise<number> {
  const { values } = parseArgs({
    args: [...args],
    options: {
      day: { type: 'string' },
      out: { type: 'string' },
      language: { type: 'string', default: 'zh-CN' },
      server: { type: 'string', default: 'http://localhost:8080' },
      key: { type: 'string', default: process.env['MAPLEWALL_KEY'] ?? '' },
      help: { type: 'boolean', default: false },
    },
  });
  const { day, out, language, server, key } = values;
  if (values.help || day === undefined || out === undefined) {
    console.log(reportUsage);
    return values.help ? 0 : 1;
  }
  if (!isLanguage(language)) return refuse(`--language must be one of ${REPORT_LANGUAGES.join(', ')}.`);
  if (!/^\d{4}-\d{2}-\d{2}$/.test(day)) return refuse('--day must be written YYYY-MM-DD.');
  if (!URL.canParse(server)) return refuse(`--server ${server} is not an address.`);
  const asked = (ms: number): Promise<void> => wait(ms).then(() => undefined);
  try {
    const ask = askWith({ send: overHttp(new URL(server), key), wait: asked });
    const data = await gather(day, { ask, wait: asked, patienceMs: PATIENCE_MS });
    await writeReport({ data, language, file: out });
  } catch (error) {
    if (error instanceof AskFault) return refuse(error.message);
    const code = error instanceof Error && 'code' in error ? String(error.code) : '';
    if (['ENOENT', 'EACCES', 'EISDIR', 'ENOTDIR', 'ENOSPC', 'EROFS'].includes(code))
      return refuse(`The file ${out} cannot be written (${code}).`);
    throw error;
  }
  console.log(`The report of ${day} stands in ${out}.`);
  return 0;
}

const isLanguage = (word: string): word is ReportLanguage =>
  (REPORT_LANGUAGES as readonly string[]).includes(word);

function refuse(sentence: string): number {
  console.error(sentence);
  return 1;
}
