import type { UsualDay } from '@maplewall/shared/rules/usual-day.ts';
import type { ChartOption } from '../chart-host.ts';
import { CHART_TYPE, type ChartStyle } from '../chart-theme.ts';

export interface HourData {
  /** Incidents of each hour so far; undefined for hours to come. */
  readonly today: readonly (number | undefined)[];
  readonly ghost: UsualDay | undefined;
  /** Hours since midnight, for the line of 'now'. */
  readonly now: number;
  readonly nowWord: string;
  readonly medianWord: string;
}

/** From here on up, a figure above its point runs into the word for now above the chart. */
const HIGH_SHARE = 0.7;
/** In the first hours there is no room to the left. */
const ROOM_FROM_HOUR = 3;

/** Where the newest figure stands by its point. */
export function figureSide(
  newest: number | undefined,
  today: HourData['today'],
  ghost: Pick<UsualDay, 'high'> | undefined,
): 'top' | 'left' {
  if (newest === undefined || newest < ROOM_FROM_HOUR) return 'top';
  const highest = Math.max(...today.map((count) => count ?? 0), ...(ghost?.high ?? []));
  return (today[newest] ?? 0) > HIGH_SHARE * highest ? 'left' : 'top';
}

/** The usual day as a band with its median, today as the bright line with its newest value, now as a hairline. */
export function hourOption(
  { today, ghost, now, nowWord, medianWord }: HourData,
  style: ChartStyle,
): ChartOption {
  const { colours, size, font } = style;
  const label = { fontSize: size(CHART_TYPE.label), fontFamily: font, color: colours.textSecond };
  const quiet = { type: 'line' as const };
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
    grid: { left: size(58), right: size(104), top: size(40), bottom: size(46) },
    xAxis: {
      type: 'value',
      min: 0,
      max: 24,
      interval: 6,
      axisLabel: { formatter: (hour: number) => `${hour}` },
    },
    yAxis: {
      type: 'value',
      splitNumber: 2,
      minInterval: 1,
      splitLine: { show: true, lineStyle: { color: colours.hairline, width: 1 } },
    },
    series: [
      ...band,
      {
        type: 'line',
        symbol: 'circle',
        symbolSize: (_: unknown, { dataIndex }: { dataIndex: number }) =>
          dataIndex === whole.length - 1 ? size(18) : 0,
        showAllSymbol: true,
        itemStyle: { color: colours.present },
        lineStyle: { color: colours.present, width: size(6) },
        label: {
          show: true,
          position: figureSide(newest, today, ghost),
          textBorderColor: colours.ground,
          textBorderWidth: size(8),
          fontSize: size(CHART_TYPE.figure),
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
