import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

/** Licences that a dependency may have; OFL is for the font. */
const ALLOWED = new Set([
  'MIT',
  'ISC',
  'BSD-2-Clause',
  'BSD-3-Clause',
  '0BSD',
  'Apache-2.0',
  'MPL-2.0',
  'BlueOak-1.0.0',
  'Unlicense',
  'OFL-1.1',
  'Zlib',
]);

/** Of licences to choose from one must do, of those that hold together all. */
const isAllowed = (licence: string): boolean =>
  licence
    .replaceAll(/[()]/g, '')
    .split(' OR ')
    .some((choice) => choice.split(' AND ').every((word) => ALLOWED.has(word.trim())));

/** Names each dependency whose licence is not on the list. */
export async function checkLicences(root: string): Promise<readonly string[]> {
  const { stdout } = await promisify(execFile)(
    'npx',
    ['--yes', 'pnpm@12.21.0', '-r', 'licenses', 'list', '--json'],
    { cwd: root, maxBuffer: 64 * 1024 * 1024 },
  );
  const byLicence = JSON.parse(stdout) as Record<string, readonly { readonly name: string }[]>;
  return Object.entries(byLicence)
    .filter(([licence]) => !isAllowed(licence))
    .flatMap(([licence, packages]) => packages.map(({ name }) => `${name}: ${licence}`));
}
