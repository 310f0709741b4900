import type { CityEvent } from '@maplewall/shared/domain/event.ts';

/** The demo's sources; each has a key of its own. */
export const SOURCES = ['demo-110', 'demo-positions', 'demo-risk', 'demo-platforms'] as const;
export type SourceName = (typeof SOURCES)[number];

/** An event on its way to the ingest API. */
export interface LifeEvent {
  readonly source: SourceName;
  readonly key: string;
  readonly at: number;
  readonly event: CityEvent;
}
