import { BarChart, LineChart } from 'echarts/charts';
import { GridComponent, MarkLineComponent } from 'echarts/components';
import { init, use, type EChartsType } from 'echarts/core';
import { CanvasRenderer } from 'echarts/renderers';
import type { EChartsCoreOption } from 'echarts/core';
import { markRaw, onBeforeUnmount, watch, type Ref } from 'vue';
import { canvasColours, unitInForce, type CanvasColours } from '../design/tokens.ts';

use([BarChart, LineChart, GridComponent, MarkLineComponent, CanvasRenderer]);

/** What an option is made for: the colours in force and the size of a unit. */
export interface ChartStyle {
  readonly colours: CanvasColours;
  /** Pixels for so many units of the design. */
  readonly size: (units: number) => number;
  readonly font: string;
}

export type ChartOption = EChartsCoreOption;

/**
 * Keeps one chart in an element for the element's life: one instance, told the new option, told the new size. (Charts
 * that are made anew for each update are what fills a wall's memory: apache/echarts#15480.)
 */
export function useChart<T>(
  element: Ref<HTMLElement | null>,
  data: () => T | undefined,
  makeOption: (data: T, style: ChartStyle) => ChartOption,
): void {
  let chart: EChartsType | undefined;
  let observer: ResizeObserver | undefined;

  const draw = (): void => {
    const place = element.value;
    if (chart === undefined || place === null) return;
    const unit = unitInForce(place);
    const given = data();
    if (given === undefined) {
      chart.clear();
      return;
    }
    const style = {
      colours: canvasColours(place),
      size: (units: number) => units * unit,
      font: getComputedStyle(place).fontFamily,
    };
    chart.setOption(makeOption(given, style), { notMerge: true });
  };

  const close = (): void => {
    observer?.disconnect();
    chart?.dispose();
    chart = undefined;
  };
  // The element is there only while the panel has something to show.
  watch(
    element,
    (place) => {
      close();
      if (place === null) return;
      chart = markRaw(init(place, null, { renderer: 'canvas' }));
      observer = new ResizeObserver(() => {
        chart?.resize();
        draw();
      });
      observer.observe(place);
      draw();
    },
    { flush: 'post' },
  );
  watch(data, draw);
  onBeforeUnmount(close);
}
