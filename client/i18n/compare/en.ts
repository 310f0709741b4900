import type { compareZhCN } from './zh-CN.ts';

export const compareEn: typeof compareZhCN = {
  title: 'Side by side',
  open: '{count} open',
  received: '{count} received so far',
  onDuty: '{count} on duty',
  coverage: '{percent} % covered in half a minute',
  against: '({change})',
  againstHint: 'In brackets: against the other side at this moment',
  clock: '{passed} of {length} played',
  back: 'Back to the replay',
  loading: 'Reading …',
  gap: 'There are no records of this time',
  gone: 'This time is not kept for replay any more',
  ended: 'Records end here',
  failed: 'Could not be read; tried again by itself',
  badAddress: 'The times in the address are not understood: {address}',
  noMap: 'The map cannot be shown: {reason}',
};
