import type { ChartOption, ChartStyle } from '../chart-host.ts';

export interface CategoryRow {
  readonly name: string;
  readonly today: number;
  /** The same day last week up to the same hour; undefined where it is not known. */
  readonly before: number | undefined;
}

/** '▲ 31 %' where today differs from last week by more than chance would explain, else nothing. */
export function changeMark({ today, before }: CategoryRow): string {
  if (before === undefined || before < 3) return '';
  // Counts scatter by about their square root; less than twice that is no news.
  if (Math.abs(today - before) < 2 * Math.sqrt(before)) return '';
  const percent = Math.round((today / before - 1) * 100);
  return percent > 0 ? `▲${percent} %` : `▼${-percent} %`;
}

/** Bars of today, largest first, with last week as a mark across each. */
export function categoryOption(rows: readonly CategoryRow[], style: ChartStyle): ChartOption {
  const { colours, size, font } = style;
  const sorted = rows.toSorted((a, b) => a.today - b.today);
  const label = { fontSize: size(28), fontFamily: font };
  return {
    animation: false,
    textStyle: { fontFamily: font },
    grid: { left: size(190), right: size(230), top: size(4), bottom: size(4) },
    xAxis: { type: 'value', show: false, min: 0 },
    yAxis: [
      {
        type: 'category',
        data: sorted.map(({ name }) => name),
        axisLine: { show: false },
        axisTick: { show: false },
        axisLabel: { ...label, color: colours.textSecond, margin: size(16) },
      },
      // The figures stand in a column of their own, clear of bars and marks.
      {
        type: 'category',
        position: 'right',
        data: sorted.map((row) => `{count|${row.today}}{change|${changeMark(row)}}`),
        axisLine: { show: false },
        axisTick: { show: false },
        axisLabel: {
          margin: size(20),
          rich: {
            count: {
              width: size(64),
              align: 'right',
              fontSize: size(32),
              fontWeight: 600,
              color: colours.text,
              fontFamily: font,
            },
            change: { ...label, width: size(140), align: 'right', color: colours.textSecond },
          },
        },
      },
    ],
    series: [
      {
        type: 'bar',
        silent: true,
        barWidth: '54%',
        itemStyle: { color: colours.bar },
        data: sorted.map(({ today }) => today),
      },
      {
        type: 'line',
        silent: true,
        animation: false,
        lineStyle: { opacity: 0 },
        symbol: 'rect',
        symbolSize: [size(5), size(34)],
        itemStyle: { color: colours.textSecond },
        data: sorted.map(({ before }) => before ?? null),
      },
    ],
  };
}
