import type { CanvasColours } from '../design/tokens.ts';

/** What an option is made for: the colours in force and the size of a unit. */
export interface ChartStyle {
  readonly colours: CanvasColours;
  /** Pixels for so many units of the design. */
  readonly size: (units: number) => number;
  readonly font: string;
}

/** The steps of type of tokens.css that charts use, in units. */
export const CHART_TYPE = { label: 28, figure: 36 } as const;

/** The one theme of all charts: nothing moves, axes are quiet, words are as large as the wall's smallest. */
export function chartTheme({ colours, size, font }: ChartStyle): object {
  const label = { fontSize: size(CHART_TYPE.label), fontFamily: font, color: colours.textSecond };
  const axis = {
    axisLine: { lineStyle: { color: colours.hairline } },
    axisTick: { show: false },
    splitLine: { show: false },
    axisLabel: { ...label, margin: size(12) },
  };
  return {
    animation: false,
    backgroundColor: 'transparent',
    textStyle: { fontFamily: font },
    categoryAxis: axis,
    valueAxis: axis,
    line: { symbol: 'none', silent: true },
    bar: { silent: true },
    markLine: { label },
  };
}
