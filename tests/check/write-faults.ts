import { writeFile } from 'node:fs/promises';
import { FAULTS, FAULTS_OF_THE_WHOLE, type FaultCode } from '@maplewall/shared/domain/fault.ts';

/** Writes docs/FAULTS.md anew from the table of faults. */
const rows = Object.entries(FAULTS).flatMap(([code, [status, zh, en]]) => {
  const ofTheWhole = FAULTS_OF_THE_WHOLE[code as FaultCode];
  return [
    `| \`${code}\` | ${status} | ${en} | ${zh} |`,
    ...(ofTheWhole === undefined
      ? []
      : [`| \`${code}\` without a field | ${status} | ${ofTheWhole[1]} | ${ofTheWhole[0]} |`]),
  ];
});
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
