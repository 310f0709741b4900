import { watch } from 'vue';
import type { useConnection } from '../../stores/connection.ts';
import type { WallSession } from './wall-session.ts';
import type { DrawnMap } from './use-wall-map.ts';
import { startWallReport, type Surroundings } from './wall-report.ts';

export interface ReportedWall {
  readonly session: WallSession;
  readonly connection: ReturnType<typeof useConnection>;
  readonly view: string;
  readonly layout: string | undefined;
  /** Undefined as long as there is no map. */
  readonly mapStats: () => DrawnMap | undefined;
  readonly canvas: () => HTMLCanvasElement | null | undefined;
}

/**
 * Has this page report to the gateway while it shows the present; a replay has nothing to report.
 * @returns what ends it
 */
export function reportWall({
  session,
  connection,
  view,
  layout,
  mapStats,
  canvas,
}: ReportedWall): () => void {
  const { live, clientWorld, feed } = session;
  if (live === undefined) return () => undefined;
  const around = (): Surroundings => {
    const drawn = canvas();
    return {
      build: session.build(),
      feed: feed.state.kind,
      view,
      layout,
      map: mapStats(),
      canvas: { width: drawn?.width ?? 0, height: drawn?.height ?? 0 },
      screen: { width: window.screen.width, height: window.screen.height },
      devicePixelRatio: window.devicePixelRatio,
      heapBytes: heapBytes(),
      uptimeMs: performance.now(),
    };
  };
  const report = startWallReport({
    clientWorld,
    shownAt: () => feed.shownAt(),
    around,
    send: (given) => live.report(given),
  });
  const stopWatching = watch(
    () => connection.state,
    (now, before) => report.onState(now, before),
    { flush: 'sync' },
  );
  return () => {
    stopWatching();
    report.stop();
  };
}

/** Only Chromium says how much memory a page uses. */
function heapBytes(): number | undefined {
  const { memory } = performance as Performance & { readonly memory?: { readonly usedJSHeapSize: number } };
  return memory?.usedJSHeapSize;
}
