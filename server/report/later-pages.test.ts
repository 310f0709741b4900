import { expect, it } from 'vitest';
import { epochMs } from '@maplewall/shared/domain/units.ts';
import { lacksPart } from './later-pages.ts';
import { chaptersPart } from './scenes/chapters-part.ts';
import type { Paper } from './paper.ts';
import type { ReportData } from './report-data.ts';
import { ReportWords } from './report-words.ts';

const DAY_MS = 86_400_000;

/** What the report writes of a day of which all else is complete. */
function writtenOf(replayGone: true | undefined): readonly string[] {
  const written: string[] = [];
  const paper = {
    room: () => undefined,
    heading: (text: string) => written.push(text),
    paragraph: (text: string) => written.push(text),
  } as unknown as Paper;
  const data = {
    day: { startsAt: epochMs(0), endsAt: epochMs(DAY_MS), minutesWithRecords: 1_440 },
    chapters: {
      endsAt: epochMs(DAY_MS),
      waiting: { expectations: 0, coverageMinutes: 0 },
      replayGone,
      chapters: [],
    },
    usual: {},
    minutesUnsealed: 0,
    filling: false,
  } as unknown as ReportData;
  const words = new ReportWords('en', 'Asia/Shanghai');
  chaptersPart(paper, data, { scenes: [], names: [] }, words);
  lacksPart(paper, data, words);
  return written;
}

it('says that nothing stood out where that is so, and of a day without replay that nothing can be told', () => {
  const quiet = [
    'What stood out',
    'Nothing stood out',
    'About the data',
    'The data of this day are complete.',
  ];
  expect(writtenOf(undefined)).toEqual(quiet);
  expect(writtenOf(true)).toEqual([
    'About the data',
    'This day can no longer be replayed, as it was set, so nothing is told of what stood out.',
  ]);
});
