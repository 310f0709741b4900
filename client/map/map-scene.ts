import { MapLibreOverlay } from '@deck.gl/maplibre';
import type { Layer } from '@deck.gl/core';
import {
  Map as MapLibreMap,
  restoreNow,
  setNow,
  setWorkerUrl,
  type GeoJSONSource,
  type LngLat,
  type Point,
  type StyleSpecification,
} from 'maplibre-gl';
import workerUrl from 'maplibre-gl/dist/maplibre-gl-worker.mjs?url';
import 'maplibre-gl/dist/maplibre-gl.css';
import type { GroundData } from './ground-extra.ts';
import { releaseContexts } from './context-guard.ts';
import { RISK_SOURCE } from './style-ground.ts';
import type { Bounds, Camera } from './camera.ts';

setWorkerUrl(new URL(workerUrl, document.baseURI).href);

/** The library draws at most 4096 pixels a side unless told otherwise; a video wall has more. */
const LARGEST_CANVAS: [number, number] = [8192, 8192];

/**
 * Tiles of each source that are kept when they are out of sight. The library keeps five screens full at each zoom, and a
 * camera that visits every incident fills that for days: 1,000 more WebGL objects and 6 MiB more heap each few hours. Made
 * again from the pack in memory, a tile costs milliseconds of a worker.
 */
const TILES_KEPT = 8;

/** Where somebody points. */
export interface Pointed {
  readonly lng: number;
  readonly lat: number;
  readonly pixelsPerUnit: number;
  /** The grid of the pack that lies there. */
  readonly gridAt: () => string | undefined;
}

export interface SceneOptions {
  readonly container: HTMLElement;
  readonly style: StyleSpecification;
  /** What is read out for the map. */
  readonly title: string;
  readonly isInteractive: boolean;
  readonly isStill: boolean;
  readonly onTap: (at: Pointed) => void;
  /** At most once a frame; undefined when the pointer left. */
  readonly onHover: (at: Pointed | undefined) => void;
  /** `part` is a layer of marks, or 'marks'. */
  readonly onFailure: (part: string, error: unknown) => void;
  /** `part` is a source, or 'map'. */
  readonly onGroundFailure: (part: string, error: unknown) => void;
  /** Somebody, not we, moved the camera. */
  readonly onHandMoved: () => void;
  /** The camera moved, by whomever. */
  readonly onMove: () => void;
  /** The camera came to rest. */
  readonly onRest: () => void;
}

/**
 * One graphics context for the ground and one for the marks over it: the ground rests while the marks move. This is
 * the only file that names MapLibre and deck.gl's overlay. A scene whose context was lost is thrown away.
 */
export class MapScene {
  readonly #map: MapLibreMap;
  readonly #overlay: MapLibreOverlay;
  readonly #isStill: boolean;
  #layers: readonly Layer[] = [];

  constructor({
    container,
    style,
    title,
    isInteractive,
    isStill,
    onTap,
    onHover,
    onFailure,
    onGroundFailure,
    onHandMoved,
    onMove,
    onRest,
  }: SceneOptions) {
    this.#isStill = isStill;
    if (isStill) setNow(0);
    this.#map = new MapLibreMap({
      container,
      style,
      interactive: isInteractive,
      attributionControl: false,
      locale: { 'Map.Title': title },
      maxCanvasSize: LARGEST_CANVAS,
      maxTileCacheSize: TILES_KEPT,
      fadeDuration: isStill ? 0 : 200,
      maxPitch: 0,
      dragRotate: false,
      pitchWithRotate: false,
      renderWorldCopies: false,
      localIdeographFontFamily: false,
      canvasContextAttributes: { antialias: false, powerPreference: 'high-performance' },
    });
    this.#map.touchZoomRotate.disableRotation();
    this.#overlay = new MapLibreOverlay({
      interleaved: false,
      layers: [],
      // Setting the state for a layer costs the same whether it then draws anything or not.
      layerFilter: ({ layer }) => layer.getNumInstances() > 0,
      deviceProps: { type: 'webgl', webgl: { antialias: false, powerPreference: 'high-performance' } },
      onError: (error, layer) => {
        onFailure(layer?.id ?? 'marks', error);
      },
    });
    this.#map.addControl(this.#overlay);
    this.#map.on('error', ({ error, ...about }) => {
      onGroundFailure(
        'sourceId' in about && typeof about.sourceId === 'string' ? about.sourceId : 'map',
        error,
      );
    });
    this.#map.on('click', ({ lngLat, point }) => {
      onTap(this.#pointed(lngLat, point));
    });
    if (isInteractive) this.#followPointer(onHover);
    // The library does not say of a zoom by the wheel that a hand did it.
    let isWheeled = false;
    if (isInteractive)
      this.#map.on('wheel', () => {
        isWheeled = true;
      });
    this.#map.on('move', ({ originalEvent }) => {
      onMove();
      if (originalEvent !== undefined || isWheeled) onHandMoved();
    });
    this.#map.on('moveend', () => {
      isWheeled = false;
      onRest();
    });
  }

  get camera(): Camera {
    const { lng, lat } = this.#map.getCenter();
    return { lng, lat, zoom: this.#map.getZoom() };
  }

  get zoom(): number {
    return this.#map.getZoom();
  }

  #pointed({ lng, lat }: LngLat, point: Point): Pointed {
    return {
      lng,
      lat,
      pixelsPerUnit: 2 ** this.#map.getZoom(),
      gridAt: () => {
        if (this.#map.getLayer('risk') === undefined) return undefined;
        const id = this.#map.queryRenderedFeatures(point, { layers: ['risk'] })[0]?.id;
        return id === undefined ? undefined : String(id);
      },
    };
  }

  #followPointer(onHover: SceneOptions['onHover']): void {
    let last: Pointed | undefined;
    let isAsked = false;
    const tell = (at: Pointed | undefined): void => {
      last = at;
      if (isAsked) return;
      isAsked = true;
      requestAnimationFrame(() => {
        isAsked = false;
        onHover(last);
      });
    };
    this.#map.on('mousemove', ({ lngLat, point }) => {
      tell(this.#pointed(lngLat, point));
    });
    this.#map.on('mouseout', () => {
      tell(undefined);
    });
  }

  /** Layers of marks; one with the id of an earlier one takes its place without being built again. */
  setLayers(layers: readonly Layer[]): void {
    this.#layers = layers;
    this.#overlay.setProps({ layers: [...layers] });
  }

  setStyle(style: StyleSpecification): void {
    this.#map.setStyle(style, { diff: true });
  }

  /** Levels of grids that changed, from 0 to 100. Grids that the pack lacks are not drawn. */
  setRisks(levels: Iterable<readonly [gridId: string, level: number]>): void {
    const apply = (): void => {
      for (const [id, level] of levels) this.#map.setFeatureState({ source: RISK_SOURCE, id }, { level });
    };
    if (this.#map.getSource(RISK_SOURCE) === undefined) this.#map.once('style.load', apply);
    else apply();
  }

  /** Other points for a source of the style. */
  setData(source: string, data: GroundData): void {
    this.#map.getSource<GeoJSONSource>(source)?.setData(data);
  }

  /**
   * Draws the marks; the ground draws itself when it changed.
   * @returns whether there was anything that draws: not before it is set up, nor when every layer was given up
   */
  draw(reason: string): boolean {
    const deck = this.#layers[0]?.context?.deck;
    deck?.redraw(reason);
    return deck !== undefined;
  }

  /** The ground drawn at once, and the marks as they were drawn last. */
  canvases(): HTMLCanvasElement[] {
    this.#map.redraw();
    return [...this.#map.getContainer().querySelectorAll('canvas')];
  }

  jumpTo({ lng, lat, zoom }: Camera): void {
    this.#map.jumpTo({ center: [lng, lat], zoom });
  }

  resize(): void {
    this.#map.resize();
  }

  canvasWidth(): number {
    return this.#map.getCanvas().width;
  }

  /** Where a place lies in the container, in CSS pixels. */
  pixelsOf({ lng, lat }: { readonly lng: number; readonly lat: number }): { x: number; y: number } {
    const { x, y } = this.#map.project([lng, lat]);
    return { x, y };
  }

  placeAt(x: number, y: number): { lng: number; lat: number } {
    const { lng, lat } = this.#map.unproject([x, y]);
    return { lng, lat };
  }

  view(): Bounds {
    const bounds = this.#map.getBounds();
    return [bounds.getWest(), bounds.getSouth(), bounds.getEast(), bounds.getNorth()];
  }

  whenIdle(): Promise<void> {
    return new Promise((resolve) => {
      void this.#map.once('idle', () => {
        resolve();
      });
      this.#map.triggerRepaint();
    });
  }

  dispose(): void {
    this.#layers = [];
    const canvases = [...this.#map.getContainer().querySelectorAll('canvas')];
    this.#map.remove();
    releaseContexts(canvases);
    if (this.#isStill) restoreNow();
  }
}
