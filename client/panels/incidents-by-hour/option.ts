import type { GhostDay } from '../../stores/history.ts';
import type { ChartOption, ChartStyle } from '../chart-host.ts';

export interface HourData {
  /** Incidents of each hour so far; undefined for hours to come. */
  readonly today: readonly (number | undefined)[];
  readonly ghost: GhostDay | undefined;
  /** Hours since midnight, for the line of 'now'. */
  readonly now: number;
  readonly nowWord: string;
  readonly medianWord: string;
}

/** The usual day as a band with its median, today as the bright line with its newest value, now as a hairline. */
export function hourOption(
  { today, ghost, now, nowWord, medianWord }: HourData,
  style: ChartStyle,
): ChartOption {
  const { colours, size, font } = style;
  const label = { fontSize: size(28), fontFamily: font, color: colours.textSecond };
  const quiet = { silent: true, symbol: 'none', animation: false, type: 'line' as const };
  const hours = Array.from({ length: 24 }, (_, hour) => hour);
  const band =
    ghost === undefined
      ? []
      : [
          {
            ...quiet,
            stack: 'band',
            lineStyle: { opacity: 0 },
            data: hours.map((hour) => [hour + 0.5, ghost.low[hour] ?? 0]),
          },
          {
            ...quiet,
            stack: 'band',
            lineStyle: { opacity: 0 },
            areaStyle: { color: colours.band, opacity: 1 },
            data: hours.map((hour) => [hour + 0.5, (ghost.high[hour] ?? 0) - (ghost.low[hour] ?? 0)]),
          },
          {
            ...quiet,
            lineStyle: { color: colours.textSecond, width: size(3), type: [size(8), size(8)] },
            data: hours.map((hour) => [hour + 0.5, ghost.median[hour] ?? 0]),
            endLabel: { show: true, formatter: medianWord, ...label },
          },
        ];
  const whole = hours.filter((hour) => hour + 1 <= now && today[hour] !== undefined);
  const newest = whole.at(-1);
  return {
    animation: false,
    textStyle: { fontFamily: font },
    grid: { left: size(58), right: size(84), top: size(40), bottom: size(46) },
    xAxis: {
      type: 'value',
      min: 0,
      max: 24,
      interval: 6,
      axisLabel: { ...label, formatter: (hour: number) => `${hour}`, margin: size(12) },
      axisLine: { lineStyle: { color: colours.hairline } },
      axisTick: { show: false },
      splitLine: { show: false },
    },
    yAxis: {
      type: 'value',
      splitNumber: 2,
      minInterval: 1,
      axisLabel: { ...label, margin: size(12) },
      splitLine: { lineStyle: { color: colours.hairline, width: 1 } },
    },
    series: [
      ...band,
      {
        type: 'line',
        silent: true,
        animation: false,
        symbol: 'circle',
        symbolSize: (_: unknown, { dataIndex }: { dataIndex: number }) =>
          dataIndex === whole.length - 1 ? size(18) : 0,
        showAllSymbol: true,
        itemStyle: { color: colours.present },
        lineStyle: { color: colours.present, width: size(6) },
        label: {
          show: true,
          position: 'top',
          fontSize: size(36),
          fontWeight: 600,
          fontFamily: font,
          color: colours.text,
          formatter: ({ dataIndex }: { dataIndex: number }) =>
            dataIndex === whole.length - 1 && newest !== undefined ? String(today[newest] ?? '') : '',
        },
        data: whole.map((hour) => [hour + 0.5, today[hour] ?? 0]),
        markLine: {
          silent: true,
          symbol: 'none',
          animation: false,
          lineStyle: { color: colours.textThird, width: 1, type: 'solid' },
          label: { formatter: nowWord, ...label, position: 'end', distance: size(6) },
          data: [{ xAxis: now }],
        },
      },
    ],
  };
}
