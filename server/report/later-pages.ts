import type { HistoryIncident } from '@maplewall/shared/wire/history.ts';
import type { IncidentTruth } from '@maplewall/shared/wire/truth.ts';
import { sayDuration } from '@maplewall/shared/rules/chapters/caption.ts';
import { LEAST_USUAL_DAYS } from '@maplewall/shared/rules/usual-day.ts';
import { INK, PAGE, type Paper, type TextStyle } from './paper.ts';
import type { ReportData } from './report-data.ts';
import type { ReportWords } from './report-words.ts';

const TEXT = { size: 9.5 } as const;
const SMALL = { size: 8, colour: INK.second } as const;
const ROW = 13.4;
const CELL = 8;
const PAST_MS = 60_000;

/** What is missing of the day, in sentences; it is not filled in. */
export function lacksPart(paper: Paper, data: ReportData, words: ReportWords): void {
  const { say } = words;
  paper.heading(say('report.lacks'));
  const lacks = lacksOf(data, words);
  for (const sentence of lacks.length === 0 ? [say('report.lacksNone')] : lacks)
    paper.paragraph(sentence, TEXT);
}

function lacksOf(
  { day, chapters, usual, minutesUnsealed, filling }: ReportData,
  { say }: ReportWords,
): readonly string[] {
  const all = Math.round((chapters.endsAt - day.startsAt) / PAST_MS);
  const { expectations, coverageMinutes } = chapters.waiting;
  const told: readonly (readonly [boolean, string])[] = [
    [chapters.endsAt < day.endsAt, say('report.goingOn')],
    [day.minutesWithRecords < all, say('report.lacksRecords', { all, count: all - day.minutesWithRecords })],
    [chapters.replayGone === true, say('report.lacksReplay')],
    [minutesUnsealed > 0, say('report.lacksSealed', { count: minutesUnsealed })],
    [expectations > 0, say('report.lacksExpectations', { count: expectations })],
    [coverageMinutes > 0, say('report.lacksCoverage', { count: coverageMinutes })],
    [filling, say('report.lacksHours')],
    [usual === undefined, say('report.lacksUsual', { count: LEAST_USUAL_DAYS })],
  ];
  return told.flatMap(([holds, sentence]) => (holds ? [sentence] : []));
}

/** Columns: width and whether its text is set to the right. */
const COLUMNS = [
  { name: 'time', width: 52 },
  { name: 'category', width: 66 },
  { name: 'priority', width: 34 },
  { name: 'place', width: 192 },
  { name: 'arrival', width: 62 },
  { name: 'verdict', width: 93 },
] as const;

/** Every incident of the day with its first arrival and whether the half minute was kept. */
export function listPart(paper: Paper, { incidents, truth }: ReportData, words: ReportWords): void {
  const { say } = words;
  paper.heading(say('report.list', { count: incidents.length }));
  if (incidents.length === 0) {
    paper.paragraph(say('report.listNone'), TEXT);
    return;
  }
  const judged = new Map(truth.incidents.map((one) => [one.incidentId, one]));
  const head = (): void => {
    row(
      paper,
      COLUMNS.map(({ name }) => say(`report.${name}`)),
      SMALL,
    );
    paper.line(PAGE.margin, paper.y - 2, PAGE.width - PAGE.margin, paper.y - 2);
  };
  paper.room(3 * ROW);
  head();
  for (const incident of incidents) {
    if (paper.room(ROW)) head();
    const found = judged.get(incident.incidentId);
    const [verdict, colour] = verdictOf(incident, found, truth.waiting, words);
    row(
      paper,
      [
        words.clock(incident.at),
        say(`category.${incident.category}`),
        say(`priority.p${incident.priority}`),
        incident.place,
        found === undefined || found.arrivedSeconds === null ? '–' : sayDuration(found.arrivedSeconds, say),
        verdict,
      ],
      { size: CELL },
      colour,
    );
  }
}

function row(paper: Paper, cells: readonly string[], style: TextStyle, lastColour?: string): void {
  let x: number = PAGE.margin;
  COLUMNS.forEach(({ width }, index) => {
    const isLast = index === COLUMNS.length - 1;
    const colour = isLast ? (lastColour ?? style.colour) : style.colour;
    const text = paper.fitting(cells[index] ?? '', style, width - 6);
    paper.write(text, x, paper.y, colour === undefined ? style : { ...style, colour });
    x += width;
  });
  paper.y += ROW;
}

function verdictOf(
  { priority }: HistoryIncident,
  found: IncidentTruth | undefined,
  waiting: number,
  { say }: ReportWords,
): readonly [word: string, colour: string] {
  if (found?.verdict === 'MET') return [say('report.met'), INK.good];
  if (found?.why !== null && found !== undefined) return [say(`console.reasons.${found.why}`), INK.danger];
  return [say(waiting > 0 && priority !== 4 ? 'report.unknown' : 'report.notJudged'), INK.second];
}
