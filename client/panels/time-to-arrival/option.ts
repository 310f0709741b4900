import type { ChartOption, ChartStyle } from '../chart-host.ts';

export interface ArrivalClass {
  /** Upper edge; undefined for the open class. */
  readonly upToSeconds: number | undefined;
  readonly count: number;
}

export interface ArrivalData {
  readonly classes: readonly ArrivalClass[];
  /** Words for the edge of a class: '30 秒', '2 分'; for the open class its lower edge. */
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

/** One bar a class; those within half a minute in the colour of what is met. */
export function arrivalOption({ classes, edgeName }: ArrivalData, style: ChartStyle): ChartOption {
  const { colours, size, font } = style;
  const label = { fontSize: size(28), fontFamily: font, color: colours.textSecond };
  return {
    animation: false,
    textStyle: { fontFamily: font },
    grid: { left: size(10), right: size(10), top: size(52), bottom: size(50) },
    xAxis: {
      type: 'category',
      data: classes.map(({ upToSeconds }) => edgeName(upToSeconds)),
      axisLine: { lineStyle: { color: colours.hairline } },
      axisTick: { show: false },
      axisLabel: { ...label, interval: 0, margin: size(14) },
    },
    yAxis: { type: 'value', show: false },
    series: [
      {
        type: 'bar',
        silent: true,
        barWidth: '62%',
        label: {
          show: true,
          position: 'top',
          fontSize: size(32),
          fontWeight: 600,
          fontFamily: font,
          color: colours.text,
          formatter: ({ value }: { value: number }) => (value > 0 ? String(value) : ''),
        },
        data: classes.map(({ upToSeconds, count }) => ({
          value: count,
          itemStyle: { color: upToSeconds !== undefined && upToSeconds <= 30 ? colours.good : colours.bar },
        })),
      },
    ],
  };
}
