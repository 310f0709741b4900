import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Real data that lies beside a checkout, where somebody put it; never part of the project. */
const FOLDER =
  process.env['MAPLEWALL_TEST_DATA'] ?? fileURLToPath(new URL('../../../shared/data', import.meta.url));

export const givenFile = (path: string): string => join(FOLDER, path);
export const isGiven = (path: string): boolean => existsSync(givenFile(path));
