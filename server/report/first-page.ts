import { startOfMinute, minuteOf, epochMs } from '@maplewall/shared/domain/units.ts';
import { PRIORITIES } from '@maplewall/shared/domain/incident.ts';
import { sayDuration } from '@maplewall/shared/rules/chapters/caption.ts';
import { percentWord } from '@maplewall/shared/rules/percent-word.ts';
import { quantileOf } from '@maplewall/shared/rules/quantile.ts';
import { HOUR_COUNTER_INDEX, type HourCounter } from '@maplewall/shared/world/hour-counts.ts';
import { courseChart, hoursChart, precinctsChart } from './charts.ts';
import { INK, INNER, PAGE, type Paper } from './paper.ts';
import type { ReportData } from './report-data.ts';
import type { ReportWords } from './report-words.ts';

const SMALL = { size: 8, colour: INK.second } as const;
const GAP = 12;
const HOUR_MS = 3_600_000;

/** Name, day, since when it is so, and whether it is simulated. */
export function titlePart(paper: Paper, { city, day, chapters }: ReportData, words: ReportWords): void {
  const mode = words.modeWord({ chapters });
  paper.write(words.say('report.title'), PAGE.margin, paper.y, { size: 24, weight: 'bold' });
  if (mode !== '') {
    const style = { size: 11, weight: 'bold', colour: INK.paper } as const;
    const width = paper.widthOf(mode, style) + 16;
    const left = PAGE.width - PAGE.margin - width;
    paper.pdf
      .roundedRect(left, paper.y + 8, width, 22, 4)
      .fillColor(INK.danger)
      .fill();
    paper.write(mode, left + 8, paper.y + 11, style);
  }
  paper.y += 38;
  const subtitle = words.say('report.subtitle', {
    city: words.name(city.name),
    day: day.day,
    weekday: words.weekday(day.startsAt),
  });
  paper.write(subtitle, PAGE.margin, paper.y, { size: 12 });
  paper.write(asOfWord(chapters.asOf, words), PAGE.width - PAGE.margin, paper.y + 2, {
    ...SMALL,
    size: 9,
    align: 'right',
  });
  paper.y += 24;
  paper.line(PAGE.margin, paper.y, PAGE.width - PAGE.margin, paper.y, INK.text, 1);
}

export const asOfWord = (asOf: ReportData['chapters']['asOf'], words: ReportWords): string =>
  words.say('report.asOf', { time: words.moment(asOf) });

interface Tile {
  readonly name: string;
  readonly figure: string;
  readonly unit?: string;
  readonly note?: string;
}

/** The figures of the day: four large ones with their samples, and what else was counted. */
export function figuresPart(paper: Paper, data: ReportData, words: ReportWords): void {
  const { say } = words;
  paper.heading(say('report.figures'));
  tiles(paper, largeTiles(data, words), 24);
  paper.y += 8;
  const total = (counter: HourCounter): string =>
    String(data.day.hours.reduce((sum, hour) => sum + (hour[HOUR_COUNTER_INDEX.get(counter) ?? 0] ?? 0), 0));
  tiles(
    paper,
    [
      { name: say('report.closed'), figure: total('closed') },
      { name: say('report.diverted'), figure: total('diverted') },
      { name: say('report.disputes'), figure: total('dispute') },
      { name: say('report.hazards'), figure: total('hazard.resolved') },
      { name: say('report.services'), figure: total('service') },
      { name: say('report.requests'), figure: total('request.settled') },
    ],
    15,
  );
}

function largeTiles({ day, incidents, truth, course }: ReportData, words: ReportWords): readonly Tile[] {
  const { say } = words;
  const received = day.hours.reduce(
    (sum, hour) => sum + (hour[HOUR_COUNTER_INDEX.get('received') ?? 0] ?? 0),
    0,
  );
  const byPriority = Object.fromEntries(
    PRIORITIES.map((priority) => [
      `p${priority}`,
      incidents.filter((one) => one.priority === priority).length,
    ]),
  );
  const { city } = truth;
  const half = city.incidents === 0 ? undefined : city.within[0];
  const shares = course.flatMap(({ at, blocks: [share] }) =>
    share === null || share === undefined ? [] : [{ at, share }],
  );
  const lowest = shares.toSorted((a, b) => a.share - b.share)[0];
  const median = quantileOf(
    shares.map(({ share }) => share).toSorted((a, b) => a - b),
    0.5,
  );
  return [
    { name: say('report.received'), figure: String(received), note: say('report.receivedBy', byPriority) },
    {
      name: say('report.halfMinute'),
      figure: percentWord(half?.share),
      unit: '%',
      note:
        half === undefined
          ? say('report.noIncidents')
          : say('report.interval', {
              low: percentWord(half.low),
              high: percentWord(half.high),
              count: city.incidents,
            }),
    },
    {
      name: say('report.median'),
      figure: city.medianSeconds === undefined ? '–' : sayDuration(city.medianSeconds, say),
      note:
        city.p90Seconds === undefined
          ? say('report.noIncidents')
          : say('report.medianOf', { p90: sayDuration(city.p90Seconds, say), count: city.arrived }),
    },
    {
      name: say('report.coverage'),
      figure: percentWord(median),
      unit: '%',
      note:
        lowest === undefined
          ? say('report.courseNone')
          : say('report.coverageLowest', {
              lowest: percentWord(lowest.share),
              time: words.minute(lowest.at),
              count: shares.length,
            }),
    },
  ];
}

function tiles(paper: Paper, list: readonly Tile[], size: number): void {
  const width = (INNER - GAP * (list.length - 1)) / list.length;
  const top = paper.y;
  let lowest = top;
  list.forEach(({ name, figure, unit = '', note = '' }, index) => {
    const x = PAGE.margin + index * (width + GAP);
    paper.y = top;
    paper.paragraph(name, SMALL, { x, width });
    const style = { size: fittingSize(paper, figure, size, width - 14), weight: 'bold' } as const;
    paper.write(figure, x, paper.y, style);
    paper.write(unit, x + paper.widthOf(figure, style) + 3, paper.y + (style.size - 9) * 1.1, { size: 9 });
    paper.y += size * 1.5;
    paper.paragraph(note, { ...SMALL, size: 7.5 }, { x, width });
    lowest = Math.max(lowest, paper.y);
  });
  paper.y = lowest;
}

const fittingSize = (paper: Paper, text: string, size: number, width: number): number =>
  Math.min(size, (size * width) / Math.max(1, paper.widthOf(text, { size, weight: 'bold' })));

/** Incidents by hour, the course of coverage, and the shares by precinct. */
export function chartsPart(paper: Paper, data: ReportData, words: ReportWords): void {
  const { say } = words;
  const { day, usual, course, truth, city, chapters } = data;
  const received = HOUR_COUNTER_INDEX.get('received') ?? 0;
  paper.heading(say('report.hours'));
  paper.paragraph(
    usual === undefined
      ? say('report.hoursAlone')
      : say('report.hoursKey', { weekday: words.weekday(day.startsAt), days: usual.days }),
    SMALL,
  );
  hoursChart(
    paper,
    day.hours.map((hour, index) =>
      day.startsAt + index * HOUR_MS < chapters.endsAt ? hour[received] : undefined,
    ),
    usual,
  );
  paper.heading(say('report.course'));
  const points = course.flatMap(({ at, blocks: [share] }) =>
    share === null || share === undefined ? [] : [{ at: startOfMinute(minuteOf(epochMs(at))), share }],
  );
  if (points.length === 0) paper.paragraph(say('report.courseNone'), SMALL);
  else courseChart(paper, points, day);

  paper.heading(say('report.precincts'));
  if (truth.precincts.length === 0) {
    paper.paragraph(say('report.noIncidents'), SMALL);
    return;
  }
  paper.paragraph(say('report.precinctsKey'), SMALL);
  paper.y += 4;
  precinctsChart(
    paper,
    {
      name: say('report.precinct'),
      words: truth.city.within.map(({ seconds }) => say('report.seconds', { count: seconds })),
      cases: say('report.cases'),
    },
    truth.precincts.map(({ precinctId, within, incidents }) => {
      const precinct = city.precincts.find(({ id }) => id === precinctId);
      return {
        name: precinct === undefined ? say('report.noPrecinct') : words.name(precinct.name),
        shares: within.map(({ share }) => share),
        words: within.map(({ share }) => percentWord(share)),
        cases: String(incidents),
      };
    }),
  );
  paper.y += 4;
  paper.paragraph(say('report.explained'), { ...SMALL, size: 7.5 });
}
