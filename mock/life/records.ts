import type { CityEvent } from '@maplewall/shared/domain/event.ts';

/** The demo's sources; each has a key of its own. */
export const SOURCES = ['demo-110', 'demo-positions', 'demo-risk', 'demo-platforms'] as const;
export type SourceName = (typeof SOURCES)[number];

/** An event on its way to the ingest API. */
export interface LifeEvent {
  readonly source: SourceName;
  /** `SUBJECT/…`: events of one subject are sent one after another. The same seed and day give the same key. */
  readonly key: string;
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly event: CityEvent;
}

/** The order in which events are told; the key settles what happens at the same moment. */
export const byTime = (a: LifeEvent, b: LifeEvent): number => a.at - b.at || (a.key < b.key ? -1 : 1);
