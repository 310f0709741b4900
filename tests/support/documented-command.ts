import { readFile } from 'node:fs/promises';

const root = new URL('../../', import.meta.url);

/**
 * The arguments that a document gives to `npm run maplewall -- NAME …`, as a shell would split them: quoted words are
 * one word, and a line that ends in a backslash goes on.
 * @throws when the document has no such command, or more than one
 */
export async function documentedCommand(document: string, beginning: string): Promise<readonly string[]> {
  const text = await readFile(new URL(document, root), 'utf8');
  const lines = [...text.matchAll(/^```sh\n(.*?)^```$/gms)]
    .flatMap(([, block = '']) => block.replaceAll(/\\\n\s*/g, '').split('\n'))
    .map((line) => line.slice(Math.max(0, line.indexOf('npm run maplewall -- '))))
    .filter((line) => line.startsWith(`npm run maplewall -- ${beginning} `));
  const [line, ...others] = lines;
  if (line === undefined || others.length > 0)
    throw new Error(`${document} has ${lines.length} commands '${beginning}'`);
  const words = [...line.matchAll(/'([^']*)'|(\S+)/g)].map(([, quoted, plain]) => quoted ?? plain ?? '');
  return words.slice(4);
}
