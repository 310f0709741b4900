import { defineAsyncComponent, type Component } from 'vue';
import { HAS_PRESENT } from './has-present.ts';

interface Tool {
  readonly id: string;
  readonly component: Component;
}

/** Exact places, call signs and addresses are what following is about, and a note says whatever somebody wrote. */
const CLOSED_TO_VISITORS: readonly string[] = ['follow', 'notes'];

/** Whether a tool is closed while visitors look on. */
export const isClosedToVisitors = ({ id }: Tool): boolean => CLOSED_TO_VISITORS.includes(id);

const FOLLOW: Tool = {
  id: 'follow',
  component: defineAsyncComponent(() => import('./follow/FollowTool.vue')),
};

/**
 * What can be done with a replay beside playing it; each opens over the map, one at a time, and is fetched then. All but
 * following ask the gateway, which a file that was taken along has not.
 */
export const TOOLS: readonly Tool[] = HAS_PRESENT
  ? [
      { id: 'scenes', component: defineAsyncComponent(() => import('./scenes/ScenesTool.vue')) },
      { id: 'notes', component: defineAsyncComponent(() => import('./notes/NotesTool.vue')) },
      FOLLOW,
      { id: 'heat', component: defineAsyncComponent(() => import('./HeatTool.vue')) },
      { id: 'compare', component: defineAsyncComponent(() => import('./CompareTool.vue')) },
      { id: 'whatIf', component: defineAsyncComponent(() => import('./WhatIfTool.vue')) },
      { id: 'export', component: defineAsyncComponent(() => import('./export/ExportTool.vue')) },
    ]
  : [FOLLOW];
