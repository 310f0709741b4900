import { isUtf8 } from 'node:buffer';
import { readFile, stat } from 'node:fs/promises';
import { setTimeout as wait } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { faultSentence } from '@maplewall/shared/domain/fault.ts';
import { systemClock } from '../clock.ts';
import { parseMapping } from '../ingest/import/mapping.ts';
import { FileFault } from '../ingest/import/file-fault.ts';
import { RejectsFault } from '../ingest/import/rejects.ts';
import { dryRun, type DryRun } from '../ingest/import/dry-run.ts';
import { runImport, type ImportState } from '../ingest/import/run-import.ts';
import { BatchSender, SendFault } from '../ingest/import/send-batches.ts';

export const importUsage = `maplewall import --file FILE --mapping MAPPING [--dry-run] [options]

Reads a CSV or CSV.gz file of incidents or positions and sends it to a running gateway.

  --file FILE        the data
  --mapping MAPPING  JSON: column → field, time format and zone, coordinate system, code tables (docs/spec/import.md)
  --dry-run          show the first rows as understood and count each kind of fault; send nothing
  --server URL       the gateway; default http://localhost:8080
  --key KEY          the source's key (npm run maplewall -- source add NAME); or MAPLEWALL_KEY
  --rejects FILE     where rows that were not taken are listed; default FILE.rejects.csv
`;

/** `maplewall import`. Answers the exit code. */
export async function importCommand(args: readonly string[]): Promise<number> {
  const { values } = parseArgs({
    args: [...args],
    options: {
      file: { type: 'string' },
      mapping: { type: 'string' },
      'dry-run': { type: 'boolean', default: false },
      server: { type: 'string', default: 'http://localhost:8080' },
      key: { type: 'string', default: process.env['MAPLEWALL_KEY'] ?? '' },
      rejects: { type: 'string' },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help || values.file === undefined || values.mapping === undefined) {
    console.log(importUsage);
    return values.help ? 0 : 1;
  }
  const { file } = values;
  const mappingBytes = await readFile(values.mapping).catch(() => undefined);
  if (mappingBytes === undefined) return refuse(`The mapping file ${values.mapping} cannot be read.`);
  // Column names that were read wrongly would be blamed on the data.
  if (!isUtf8(mappingBytes))
    return refuse(`The mapping file ${values.mapping} is not UTF-8; save it as UTF-8.`);
  let json: unknown;
  try {
    json = JSON.parse(new TextDecoder().decode(mappingBytes));
  } catch {
    return refuse(`The mapping file ${values.mapping} is not JSON.`);
  }
  const mapping = parseMapping(json);
  if (!mapping.ok)
    return refuse(
      `The mapping file ${values.mapping} is not valid.\n${mapping.faults.map((found) => `  ${faultSentence(found, 'en')}`).join('\n')}`,
    );
  try {
    if (values['dry-run'])
      return printDryRun(await dryRun({ file, mapping: mapping.value, clock: systemClock }));
    if (values.key === '') return refuse('The import needs a key: --key KEY or MAPLEWALL_KEY.');
    if (!URL.canParse(values.server)) return refuse(`--server ${values.server} is not an address.`);
    const rejectsFile = values.rejects ?? `${file}.rejects.csv`;
    if (await isSameFile(rejectsFile, file))
      return refuse('--rejects names the file of the data itself; name another one.');
    if (await isSameFile(rejectsFile, values.mapping))
      return refuse('--rejects names the file of the mapping itself; name another one.');
    const sender = new BatchSender({
      server: new URL(values.server),
      key: values.key,
      mode: mapping.value.mode,
      wait: (ms) => wait(ms).then(() => undefined),
    });
    const result = await runImport(
      { file, mapping: mapping.value, rejectsFile, onProgress: progressPrinter() },
      sender,
    );
    process.stderr.write('\n');
    console.log(
      `rows ${result.rows} · new ${result.taken} · known ${result.repeated} · rejected ${result.rejected}`,
    );
    for (const [kind, count] of result.madeByKind) console.log(`  ${count}  ${kind}`);
    if (result.rejected > 0) {
      console.log(`Rejected rows are listed in ${rejectsFile}:`);
      for (const [kind, count] of result.rejectsByKind) console.log(`  ${count}  ${kind}`);
    }
    return 0;
  } catch (error) {
    if (error instanceof SendFault)
      return refuse(`${error.message} What was taken stays; start the import again to go on.`);
    if (error instanceof FileFault || error instanceof RejectsFault) return refuse(error.message);
    const code = error instanceof Error && 'code' in error ? String(error.code) : '';
    if (['ENOENT', 'EACCES', 'EISDIR'].includes(code)) return refuse(`The file ${file} cannot be read.`);
    if (code.startsWith('Z_'))
      return refuse(`The file ${file} is no whole gzip file. What was taken stays; give the file again.`);
    throw error;
  }
}

/** Whether both names lead to one file that is there; links give a file many names. */
async function isSameFile(one: string, other: string): Promise<boolean> {
  const [a, b] = await Promise.all(
    [one, other].map((file) => stat(file, { bigint: true }).catch(() => undefined)),
  );
  return a !== undefined && b !== undefined && a.dev === b.dev && a.ino === b.ino;
}

function refuse(sentence: string): number {
  console.error(sentence);
  return 1;
}

function progressPrinter(): (state: ImportState) => void {
  let lastPrinted = 0;
  return (state) => {
    const now = performance.now();
    if (now - lastPrinted < 500) return;
    lastPrinted = now;
    const percent = (state.share * 100).toFixed(0).padStart(3);
    const what =
      state.phase === 'choosing' ? 'reading ahead' : `new ${state.taken} · known ${state.repeated}`;
    process.stderr.write(`\r${percent} %  rows ${state.rows} · ${what} · rejected ${state.rejected}   `);
  };
}

function printDryRun(result: DryRun): number {
  for (const { line, items } of result.first) {
    console.log(`line ${line}`);
    for (const item of items) console.log(`  ${JSON.stringify(item)}`);
  }
  console.log(`rows ${result.rows}`);
  for (const [kind, count] of result.madeByKind) console.log(`  ${count}  ${kind}`);
  if (result.faults.size === 0) console.log('no faults');
  for (const [kind, count] of result.faults) console.log(`  fault ${count}  ${kind}`);
  return 0;
}
