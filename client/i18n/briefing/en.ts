import type { BriefingMessages } from './zh-CN.ts';

export const briefingEn: BriefingMessages = {
  title: '{day} in brief',
  choosing: 'Choosing what is worth telling of this day …',
  noChapters: '{day} has nothing that stands out',
  replayGone: '{day} can no longer be replayed, as it was set; there are no chapters of it.',
  duration: {
    seconds: '{count} s',
    minutes: '{count} min',
    minutesSeconds: '{minutes} min {seconds} s',
    hours: '{hours} h {minutes} min',
  },
  kinds: {
    slowestArrival: 'Slowest first arrival',
    volunteerHelp: 'A volunteer there in time',
    cluster: 'Most incidents in one place',
    busiestHour: 'Busiest hour',
    coverageHole: 'Longest hole in coverage',
    longestOpen: 'Open longest',
    largestTurnout: 'Largest turnout',
    mostRefusals: 'Hardest to find somebody for',
    silence: 'Longest hole in the data',
  },
  captions: {
    slowestArrival:
      '{place}: {category}, {priority}; the first was there after {arrival}, against a median of {medianArrival} on this day (of {medianArrivalSample}).',
    volunteerHelp:
      '{place}: {category}, {priority}; the first there was a {responder}, after {arrival}. Volunteers were first within half a minute {incidents} times on this day.',
    cluster:
      '{incidents} incidents within {radius} m and {spanMinutes}, about {place} (of {incidentsSample} on this day).',
    busiestHour:
      '{incidents} incidents in an hour; usual on this weekday are {usual}, up to {usualHigh} (of {usualSample} days).',
    coverageHole:
      'Coverage in half a minute was low for {minutes}, {lowest} at its lowest; the median of the day was {medianCoverage} (of {medianCoverageSample} minutes).',
    longestOpen:
      '{place}: {category}, {priority}; open for {open}, against a median of {medianOpen} on this day (of {medianOpenSample}).',
    largestTurnout: '{place}: {category}, {priority}; {people} people came, the first after {arrival}.',
    mostRefusals: '{place}: {category}, {priority}; {refusals} offers were declined or not answered.',
    silence: 'Nothing was recorded for {minutes} ({minutesSample} minutes of the day have records).',
  },
  responder: { volunteer: 'volunteer', sentry: 'sentry', officer: 'officer', gridWorker: 'grid worker' },
  expected: 'Expected then: {expected}.',
};
