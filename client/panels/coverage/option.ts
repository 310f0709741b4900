import type { ChartOption } from '../chart-host.ts';
import { CHART_TYPE, type ChartStyle } from '../chart-theme.ts';

export interface CoverageData {
  /** [minutes after the first, per cent], null where there is nothing to cover; two at least. */
  readonly points: readonly (readonly [number, number | null])[];
  /** When the course begins: HH:MM. */
  readonly sinceWord: string;
  readonly nowWord: string;
}

/** Below this height, in units, the course would be a strip that says nothing: it is left out. */
export const LEAST_COURSE_UNITS = 120;

/** The upper end of the axis: the next whole step over the highest value, so that small shares are not made to look large. */
export const axisTop = (highest: number): number => [5, 10, 25, 50].find((top) => highest <= top) ?? 100;

/** How coverage went: one line from nought, its newest value as a dot. */
export function coverageOption({ points, sinceWord, nowWord }: CoverageData, style: ChartStyle): ChartOption {
  const { colours, size } = style;
  const last = points.at(-1)?.[0] ?? 0;
  const top = axisTop(Math.max(...points.map(([, percent]) => percent ?? 0)));
  return {
    grid: { left: size(10), right: size(100), top: size(14), bottom: size(46) },
    xAxis: {
      type: 'value',
      min: 0,
      max: last,
      interval: Math.max(1, last),
      axisLabel: {
        formatter: (minute: number) => (minute === 0 ? sinceWord : nowWord),
        align: 'center',
        showMinLabel: true,
        showMaxLabel: true,
        alignMinLabel: 'left',
      },
    },
    yAxis: {
      type: 'value',
      position: 'right',
      min: 0,
      max: top,
      interval: top,
      axisLine: { show: false },
      splitLine: { show: true, lineStyle: { color: colours.hairline, width: 1 } },
      axisLabel: { formatter: '{value} %', fontSize: size(CHART_TYPE.label) },
    },
    series: [
      {
        type: 'line',
        lineStyle: { color: colours.present, width: size(5) },
        // A mark for each minute would be more than a thousand objects by the evening.
        showSymbol: false,
        data: points,
      },
      {
        type: 'line',
        symbol: 'circle',
        symbolSize: size(16),
        itemStyle: { color: colours.present },
        data: points.slice(-1),
      },
    ],
  };
}
