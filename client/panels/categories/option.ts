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
    grid: { left: size(190), right: size(200), top: size(4), bottom: size(4) },
    xAxis: { type: 'value', show: false, min: 0 },
    yAxis: {
      type: 'category',
      data: sorted.map(({ name }) => name),
      axisLine: { show: false },
      axisTick: { show: false },
      axisLabel: { ...label, color: colours.textSecond, margin: size(16) },
    },
    series: [
      {
        type: 'bar',
        silent: true,
        barWidth: '54%',
        itemStyle: { color: colours.bar },
        label: {
          show: true,
          position: 'right',
          ...label,
          formatter: ({ dataIndex }: { dataIndex: number }) => {
            const row = sorted[dataIndex];
            return row === undefined ? '' : `{count|${row.today}}  ${changeMark(row)}`;
          },
          color: colours.warning,
          rich: { count: { fontSize: size(32), fontWeight: 600, color: colours.text, fontFamily: font } },
        },
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
