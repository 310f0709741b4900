import { readFile } from 'node:fs/promises';

const root = new URL('../../', import.meta.url);
const START = 'npm run maplewall -- ';

/**
 * What a document gives to `npm run maplewall -- NAME …`, each time it does: the words after NAME, as a shell would
 * split them. Quoted words are one word, and a line that ends in a backslash goes on.
 */
export async function documentedCommands(
  document: string,
  name: string,
): Promise<readonly (readonly string[])[]> {
  const text = await readFile(new URL(document, root), 'utf8');
  return [...text.matchAll(/^```sh\n(.*?)^```$/gms)]
    .flatMap(([, block = '']) => block.replaceAll(/\\\n\s*/g, '').split('\n'))
    .filter((line) => line.includes(`${START}${name} `))
    .map((line) => {
      const rest = line.slice(line.indexOf(START) + START.length + name.length);
      return [...rest.matchAll(/'([^']*)'|(\S+)/g)].map(([, quoted, plain]) => quoted ?? plain ?? '');
    });
}
