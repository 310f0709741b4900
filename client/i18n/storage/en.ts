import type { StorageWords } from './zh-CN.ts';

export const storageEn: StorageWords = {
  title: 'Storage',
  what: 'What',
  now: 'Now',
  aDay: 'A day, about',
  positions: 'raw positions',
  events: 'events',
  log: 'Log',
  history: 'Replay',
  known: 'As known then',
  others: 'Notes, briefings, coverage',
  together: 'Together',
  reusable: '{bytes} of it is used again first',
  disk: '{free} of {total} are free on the disk.',
  full: 'At this pace it is full in about {days} days; in a year log, replay and what was known take about {year}.',
  never:
    'At this pace it is not full within a hundred years; in a year log, replay and what was known take about {year}.',
  measured: 'Estimated from the last {days} whole days of data.',
  unknown: 'What a day takes is not known yet: it needs a whole day of data, all of it ready for replay.',
  keepAlways: 'Raw positions are kept for ever; start with KEEP_POSITIONS_DAYS to set a number of days.',
  keepDays: 'Raw positions are kept for {days} days; events and replay are kept for ever.',
  thinAlways: 'Start with THIN_POSITIONS_AFTER_DAYS to thin older raw positions.',
  thin: 'Raw positions are thinned after {days} days, to one of each person in {seconds} seconds.',
  keepAtMost: 'Raw positions take about {bytes} at most.',
  final: 'The raw positions of {minutes} minutes are removed or thinned; they can still be replayed.',
  after: '{records} records came after that and are in no replay.',
};
