import { access, readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { FAULTS } from '@maplewall/shared/domain/fault.ts';
import { trackedFiles } from './tracked-files.ts';

const exists = (path: string): Promise<boolean> =>
  access(path).then(
    () => true,
    () => false,
  );

/**
 * Holds the documents against the code: relative links lead somewhere, paths in back-quotes that name a room
 * of the project exist, and docs/FAULTS.md lists exactly the faults of the table.
 */
export async function checkDocs(root: string): Promise<readonly string[]> {
  const found: string[] = [];
  const documents = (await trackedFiles(root)).filter((path) => path.endsWith('.md'));
  for (const document of documents) {
    const text = await readFile(join(root, document), 'utf8').catch(() => '');
    for (const [, target = ''] of text.matchAll(/\]\((?!https?:|#|mailto:)([^)#\s]+)[^)]*\)/g)) {
      if (!(await exists(join(root, dirname(document), target))))
        found.push(`${document}: no file ${target}`);
    }
    for (const [, path = ''] of text.matchAll(
      /`((?:shared|server|client|mock|tests|docs)\/[\w./-]+\.(?:ts|vue|md|css|mjs))`/g,
    )) {
      if (!(await exists(join(root, path)))) found.push(`${document}: no file ${path}`);
    }
    if (/\/(work|root|tmp)\/\w/.test(text)) found.push(`${document}: names a path of one machine`);
  }
  const faults = await readFile(join(root, 'docs/FAULTS.md'), 'utf8').catch(() => '');
  const documented = new Set([...faults.matchAll(/^\| `([\w.]+)` \|/gm)].map(([, code]) => code));
  for (const code of Object.keys(FAULTS)) {
    if (!documented.has(code))
      found.push(`docs/FAULTS.md: lacks ${code}; run node tests/check/write-faults.ts`);
  }
  for (const code of documented) {
    if (!(String(code) in FAULTS)) found.push(`docs/FAULTS.md: ${code} is not in the table any more`);
  }
  return found;
}
