import type { notesZhCN } from './zh-CN.ts';

export const notesEn: typeof notesZhCN = {
  key: 'Admin key (stays in this tab)',
  enter: 'Write notes',
  at: 'Note at {time}',
  add: 'Add',
  none: 'There are no notes on this day yet',
  text: 'Text of the note',
  change: 'Change',
  keep: 'Keep',
  leave: 'Leave it',
  remove: 'Remove',
};
