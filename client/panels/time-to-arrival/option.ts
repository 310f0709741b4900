import type { ChartOption } from '../chart-host.ts';
import { CHART_TYPE, type ChartStyle } from '../chart-theme.ts';

export interface ArrivalClass {
  /** Upper edge; undefined for the open class. */
  readonly upToSeconds: number | undefined;
  readonly count: number;
}

export interface ArrivalData {
  readonly classes: readonly ArrivalClass[];
  /** Words for the upper edge of a class: '30 秒', '2'; for the open class that there is none. */
  readonly edgeName: (seconds: number | undefined) => string;
}

/** Share of arrivals within so many seconds; undefined when there were none. */
export function shareWithin(classes: readonly ArrivalClass[], seconds: number): number | undefined {
  const all = classes.reduce((sum, { count }) => sum + count, 0);
  if (all === 0) return undefined;
  const within = classes
    .filter(({ upToSeconds }) => upToSeconds !== undefined && upToSeconds <= seconds)
    .reduce((sum, { count }) => sum + count, 0);
  return within / all;
}

/**
 * One bar a class between its edges, which stand under the gaps between the bars; the half minute is a line through
 * them, and what was met stands before it in the colour of what is met.
 */
export function arrivalOption({ classes, edgeName }: ArrivalData, style: ChartStyle): ChartOption {
  const { colours, size, font } = style;
  const halfMinute = classes.findIndex(({ upToSeconds }) => upToSeconds === 30) + 1;
  return {
    grid: { left: size(10), right: size(34), top: size(52), bottom: size(50) },
    xAxis: {
      type: 'value',
      min: 0,
      max: classes.length,
      interval: 1,
      axisLabel: {
        showMaxLabel: true,
        hideOverlap: false,
        formatter: (edge: number) => (edge === 0 ? '' : edgeName(classes[edge - 1]?.upToSeconds)),
      },
    },
    yAxis: { type: 'value', show: false },
    series: [
      {
        type: 'bar',
        barWidth: '66%',
        label: {
          show: true,
          position: 'top',
          fontSize: size(CHART_TYPE.figure),
          fontWeight: 600,
          fontFamily: font,
          color: colours.text,
          formatter: ({ value }: { value: readonly number[] }) => String(value[1] || ''),
        },
        data: classes.map(({ upToSeconds, count }, index) => ({
          value: [index + 0.5, count],
          itemStyle: { color: upToSeconds !== undefined && upToSeconds <= 30 ? colours.good : colours.bar },
        })),
        markLine: {
          silent: true,
          symbol: 'none',
          animation: false,
          lineStyle: { color: colours.good, width: size(3), type: 'solid' },
          label: { show: false },
          data: [{ xAxis: halfMinute }],
        },
      },
    ],
  };
}
