import { defineAsyncComponent, type Component } from 'vue';
import { HAS_PRESENT } from './has-present.ts';

/** What can be done with a replay beside playing it; each opens over the map, one at a time, and is fetched then. */
export const TOOLS: readonly { readonly id: string; readonly component: Component }[] = [
  { id: 'scenes', component: defineAsyncComponent(() => import('./scenes/ScenesTool.vue')) },
  { id: 'follow', component: defineAsyncComponent(() => import('./follow/FollowTool.vue')) },
  { id: 'heat', component: defineAsyncComponent(() => import('./HeatTool.vue')) },
  { id: 'compare', component: defineAsyncComponent(() => import('./CompareTool.vue')) },
  { id: 'notes', component: defineAsyncComponent(() => import('./notes/NotesTool.vue')) },
  { id: 'whatIf', component: defineAsyncComponent(() => import('./WhatIfTool.vue')) },
  // A file that was taken along has no gateway that makes others, and is kept small.
  ...(HAS_PRESENT
    ? [{ id: 'export', component: defineAsyncComponent(() => import('./export/ExportTool.vue')) }]
    : []),
];
