import type { ResponderId } from '@maplewall/shared/domain/ids.ts';
import type { Bounds } from '../../map/camera.ts';
import type { MapHandle, MapLegend, MapStats } from '../../map/map-handle.ts';
import { placeAt } from '../../world/mercator.ts';
import type { WallSession } from './wall-session.ts';

/** What a wall opened with `?debug` tells whoever asks in its console: what is drawn, and nothing can be changed. */
export interface DebugHandle {
  /** Pictures drawn and why the last one was; undefined as long as there is no map. */
  stats(): MapStats | undefined;
  /** What is on the map at this moment. */
  legend(): MapLegend | undefined;
  /** West, south, east and north of what this screen's map shows. */
  view(): Bounds | undefined;
  /** Width of the map's drawing buffer in device pixels. */
  canvasWidth(): number | undefined;
  /** Resolves when the map is drawn to the last name; rejects where there is none. */
  whenIdle(): Promise<void>;
  /** The moment shown, in milliseconds since 1970. */
  shownAt(): number;
  /** The hash of the world that is shown: two who show the same world have the same. */
  worldHash(): Promise<string>;
  /** Whose marks are on the map. */
  respondersShown(): readonly string[];
  /** Where somebody is drawn at this moment, on the way between two fixes too; undefined if nowhere. */
  drawnAt(responderId: string): { readonly lng: number; readonly lat: number } | undefined;
}

declare global {
  interface Window {
    maplewall?: DebugHandle;
  }
}

/** Puts the handle at `window.maplewall`; the answer takes it away. */
export function offerDebugHandle(
  { feed, clientWorld }: WallSession,
  map: () => MapHandle | undefined,
): () => void {
  const drawnAt: DebugHandle['drawnAt'] = (responderId) => {
    const responder = clientWorld.world.responders.get(responderId as ResponderId);
    const drawn = responder && clientWorld.motion.drawnAt(responder.slot, feed.shownAt());
    return drawn && placeAt(clientWorld.mercator, drawn.x, drawn.y);
  };
  window.maplewall = {
    stats: () => map()?.stats(),
    legend: () => map()?.legend(),
    view: () => map()?.view(),
    canvasWidth: () => map()?.canvasWidth(),
    whenIdle: async () => {
      const shown = map();
      if (shown === undefined) throw new Error('there is no map yet');
      await shown.whenIdle();
    },
    shownAt: () => feed.shownAt(),
    worldHash: async () =>
      (await import('@maplewall/shared/world/world-hash.ts')).worldHash(clientWorld.world),
    respondersShown: () => [...clientWorld.world.responders.keys()].filter((id) => drawnAt(id) !== undefined),
    drawnAt,
  };
  return () => {
    delete window.maplewall;
  };
}
