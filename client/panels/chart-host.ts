import { BarChart, LineChart } from 'echarts/charts';
import { GridComponent, MarkLineComponent } from 'echarts/components';
import { init, use, type EChartsType } from 'echarts/core';
import { CanvasRenderer } from 'echarts/renderers';
import type { EChartsCoreOption } from 'echarts/core';
import { markRaw, onBeforeUnmount, watch, type Ref } from 'vue';
import { canvasColours, unitInForce } from '../design/tokens.ts';
import { chartTheme, type ChartStyle } from './chart-theme.ts';
import { drawInTurn, leaveTurns } from './draw-turns.ts';

use([BarChart, LineChart, GridComponent, MarkLineComponent, CanvasRenderer]);

export type ChartOption = EChartsCoreOption;

/**
 * Keeps one chart in an element for the element's life: one instance, told the new option, told the new size. (Charts
 * that are made anew for each update are what fills a wall's memory: apache/echarts#15480.) Data that says the same as
 * before draws nothing.
 * @param data plain data; functions in it are not looked at when it is compared
 */
export function useChart<T>(
  element: Ref<HTMLElement | null>,
  data: () => T | undefined,
  makeOption: (data: T, style: ChartStyle) => ChartOption,
): void {
  let chart: EChartsType | undefined;
  let observer: ResizeObserver | undefined;
  let style: ChartStyle | undefined;
  let drawn = '';

  const draw = (): void => {
    if (chart === undefined || style === undefined) return;
    const given = data();
    const next = JSON.stringify(given) ?? '';
    if (next === drawn) return;
    drawn = next;
    if (given === undefined) chart.clear();
    else chart.setOption(makeOption(given, style), { notMerge: true });
  };
  const open = (place: HTMLElement): void => {
    style = styleIn(place);
    drawn = '';
    if (chart === undefined) chart = markRaw(init(place, chartTheme(style), { renderer: 'canvas' }));
    else {
      chart.setTheme(chartTheme(style), { silent: true });
      chart.resize();
    }
    draw();
  };
  const close = (): void => {
    leaveTurns(draw);
    observer?.disconnect();
    chart?.dispose();
    chart = undefined;
  };
  watch(
    element,
    (place) => {
      close();
      if (place === null) return;
      // It is told the size once at the beginning as well.
      observer = new ResizeObserver(() => open(place));
      observer.observe(place);
    },
    { flush: 'post' },
  );
  // What is drawn for the first time is not waited for.
  watch(data, () => (drawn === '' ? draw() : drawInTurn(draw)));
  // A canvas keeps the empty boxes that it drew while a part of the font was still on its way.
  const drawAnew = (): void => {
    drawn = '';
    draw();
  };
  document.fonts.addEventListener('loadingdone', drawAnew);
  onBeforeUnmount(() => {
    document.fonts.removeEventListener('loadingdone', drawAnew);
    close();
  });
}

function styleIn(place: HTMLElement): ChartStyle {
  const unit = unitInForce(place);
  return {
    colours: canvasColours(place),
    size: (units) => units * unit,
    font: getComputedStyle(place).fontFamily,
  };
}
