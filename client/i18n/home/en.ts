import type { homeZhCN } from './zh-CN.ts';

export const homeEn: typeof homeZhCN = {
  setup: 'Set up a wall',
  wall: 'Command wall',
  wallHint: 'The city now: where people are, what happens, who is first',
  console: 'Console',
  consoleHint: 'Ask the map: who is first, what is covered, where one more would help',
  days: 'Replay',
  daysHint: 'Play a past day like a film',
  noDays: 'There is no history yet',
  replayGone: '{day} and earlier days can no longer be replayed; their counts and incidents stay.',
  api: 'API',
  admin: 'Screens and alarms',
  incidents: '{count} incidents',
  counting: 'being counted',
  language: '中文',
};
