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
  coverage: 'Coverage',
  others: 'Notes, briefings',
  together: 'Together',
  reusable: '{bytes} of it is used again first',
  disk: '{free} of {total} are free on the disk.',
  full: 'At this pace it is full in about {days} days; in a year all but notes and briefings take about {year}.',
  never:
    'At this pace it is not full within a hundred years; in a year all but notes and briefings take about {year}.',
  measured: 'Estimated from the last {days} whole days of data.',
  unknown: 'What a day takes is not known yet: it needs a whole day of data, all of it ready for replay.',
  keepAlways: 'Raw positions are kept for ever; start with KEEP_POSITIONS_DAYS to set a number of days.',
  keepDays: 'Raw positions are kept for {days} days; events are kept for ever.',
  replayAlways: 'Every day can be replayed for ever.',
  replayDays: 'The last {days} days can be replayed; of older ones counts and incidents stay.',
  thinAlways: 'Start with THIN_POSITIONS_AFTER_DAYS to thin older raw positions.',
  thin: 'Raw positions are thinned after {days} days, to one of each person in {seconds} seconds.',
  keepAtMost: 'Raw positions take about {bytes} at most.',
  final: 'The raw positions of {minutes} minutes are removed or thinned; replay does without them.',
  after: '{records} records came after that and are in no replay.',
  notRight:
    'Something is wrong with {minutes} old minutes, from {day} {minute} on: their raw positions stay, and the replay of that day and of later ones is not removed. maplewall history verify tells more.',
};
