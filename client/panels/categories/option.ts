import type { ChartOption } from '../chart-host.ts';
import { CHART_TYPE, type ChartStyle } from '../chart-theme.ts';

export interface CategoryRow {
  readonly name: string;
  readonly today: number;
  /** The same day last week up to the same hour; undefined where it is not known. */
  readonly before: number | undefined;
  /** This month so far and last year's same days; undefined where history does not hold both. */
  readonly month: { readonly now: number; readonly lastYear: number } | undefined;
}

/** Of fewer cases than this no change is told. */
const LEAST_BEFORE = 3;

/** '▲31 %' where a count differs from an earlier one by more than chance would explain, else nothing. */
export function changeMark(now: number, before: number | undefined): string {
  if (before === undefined || before < LEAST_BEFORE) return '';
  // Counts scatter by about their square root, and both do; less than twice that is no news.
  if (Math.abs(now - before) < 2 * Math.sqrt(now + before)) return '';
  const percent = Math.round((now / before - 1) * 100);
  return percent > 0 ? `▲${percent} %` : `▼${-percent} %`;
}

/** Bars of today, largest first, with last week as a mark across each; figures and changes in columns beside them. */
export function categoryOption(rows: readonly CategoryRow[], style: ChartStyle): ChartOption {
  const { colours, size, font } = style;
  const sorted = rows.toSorted((a, b) => a.today - b.today);
  const label = { fontSize: size(CHART_TYPE.label), fontFamily: font };
  const column = { ...label, width: size(130), align: 'right', color: colours.textSecond };
  const hasMonths = rows.some(({ month }) => month !== undefined);
  return {
    grid: { left: size(190), right: size(hasMonths ? 350 : 220), top: size(4), bottom: size(4) },
    xAxis: { type: 'value', show: false, min: 0 },
    yAxis: [
      {
        type: 'category',
        data: sorted.map(({ name }) => name),
        axisLine: { show: false },
        axisLabel: { interval: 0, margin: size(16) },
      },
      // The figures stand in a column of their own, clear of bars and marks.
      {
        type: 'category',
        position: 'right',
        data: sorted.map(({ today, before, month }) =>
          [
            `{count|${today}}`,
            `{week|${changeMark(today, before)}}`,
            hasMonths ? `{year|${month === undefined ? '' : changeMark(month.now, month.lastYear)}}` : '',
          ].join(''),
        ),
        axisLine: { show: false },
        axisLabel: {
          interval: 0,
          margin: size(20),
          rich: {
            count: {
              width: size(64),
              align: 'right',
              fontSize: size(CHART_TYPE.figure),
              fontWeight: 600,
              color: colours.text,
              fontFamily: font,
            },
            week: column,
            year: column,
          },
        },
      },
    ],
    series: [
      {
        type: 'bar',
        barWidth: '54%',
        itemStyle: { color: colours.bar },
        data: sorted.map(({ today }) => today),
      },
      {
        type: 'line',
        lineStyle: { opacity: 0 },
        symbol: 'rect',
        symbolSize: [size(5), size(34)],
        itemStyle: { color: colours.textSecond },
        data: sorted.map(({ before }) => before ?? null),
      },
    ],
  };
}
