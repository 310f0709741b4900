import type { SetupMessages } from './zh-CN.ts';

export const setupEn: SetupMessages = {
  title: 'Set up a wall',
  why: 'Say how wide the picture is and how far the farthest seat: the smallest text then has 16 minutes of arc there (NUREG-0700), and a panel that no longer fits gives way instead of shrinking.',
  width: 'Width of the whole picture (m)',
  farthest: 'Farthest seat (m)',
  columns: 'Screens across',
  rows: 'Screens down',
  column: 'Column of this screen (from 0)',
  row: 'Row of this screen (from 0)',
  view: 'What it shows',
  views: {
    whole: 'everything',
    west: 'western half and trends',
    east: 'eastern half and what needs somebody',
    queue: 'queue and offers',
    charts: 'trend charts',
  },
  theme: 'Theme',
  dark: 'dark',
  light: 'light',
  print: 'paper',
  director: 'unattended camera',
  sound: 'sound for alarms',
  ghost: 'heat of usual days',
  smallest: 'Smallest text {pixels} pixels; the farthest seat needs {least}.',
  tooSmall:
    'This picture is too small for the farthest seat: text of {least} pixels leaves no place for a panel.',
  sample: 'Chengdong precinct: 2 open, longest wait 1 min 12 s',
  open: 'Open the wall',
  watch: 'For months without a hand, open the watch page:',
  home: 'Home',
};
