import type { ShiftMessages } from './zh-CN.ts';

export const shiftEn: ShiftMessages = {
  title: 'Shift card',
  home: 'Home',
  since: 'Since when',
  choices: { last: 'Last look', hours8: 'Eight hours ago', shift: 'Start of shift' },
  startsAt: 'Shift starts at',
  range: 'since {since} · as of {asOf}',
  asking: 'Working it out …',
  unreachable: 'The gateway does not answer; trying again.',
  nothing: 'Nothing changed in this time.',
  waiting: 'What was to be expected of {count} more is being worked out.',
  replay: 'Replay from this moment',
  kinds: {
    silent: 'Silent sources',
    worstOpen: 'Most urgent, open',
    incidents: 'Incidents',
    missed: 'Half minutes missed',
    coverage: 'Coverage',
    posts: 'Posts',
    people: 'On duty',
  },
  lines: {
    silent: 'Sources that sent nothing: {count} ({names}); longest {minutes}',
    worstOpen: '{place}: {category}, {priority}, for {minutes}; {open} open in all',
    incidents:
      'New: {received} (P1 {p1}, P2 {p2}, P3 {p3}, P4 {p4}); of these {open} open, of those before {openBefore}',
    missed: '{missed} of {all} missed; slowest {place}, {seconds}',
    nobody: '{missed} of {all} missed; nobody came to {place} so far',
    coverage: 'In half a minute {before} → {now}; lowest {lowest}',
    posts: 'Posts held {before} → {now}; left: {left}; taken up: {taken}',
    people: '{before} → {now} people; {changes}',
  },
  none: 'none',
  more: 'of {count}',
};
