import { writeFile } from 'node:fs/promises';
import { FAULTS } from '@maplewall/shared/domain/fault.ts';

/** Writes docs/FAULTS.md anew from the table of faults. */
const rows = Object.entries(FAULTS).map(
  ([code, [status, zh, en]]) => `| \`${code}\` | ${status} | ${en} | ${zh} |`,
);
const text = [
  '<!-- Generated from shared/domain/fault.ts by `node tests/check/write-faults.ts`. -->',
  '# Faults',
  '',
  'Every expected error has a code, an HTTP status and a sentence. An HTTP answer carries',
  '`{"code", "field", "sentence": {"zh-CN", "en"}}`. A code is never reused for another meaning.',
  '',
  '| code | status | English | 中文 |',
  '|---|---|---|---|',
  ...rows,
  '',
].join('\n');
await writeFile(new URL('../../docs/FAULTS.md', import.meta.url), text);
