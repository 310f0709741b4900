import type { Layer } from '@deck.gl/core';
import type { EpochMs } from '@maplewall/shared/domain/units.ts';
import { baseStyle } from './base-style.ts';
import { readCityShape } from './city-files.ts';
import type { CityShape } from './city-shape.ts';
import { FailureContainer } from './contain-failure.ts';
import { FrameLoop } from './frame-loop.ts';
import { legendOf } from './legend.ts';
import { DrawnRisks } from './drawn-risks.ts';
import type { Bounds, Camera } from './camera.ts';
import { MapCamera } from './map-camera.ts';
import { mapColours } from './map-colours.ts';
import { loadFigureFont } from './map-fonts.ts';
import type {
  MapHandle,
  MapLayerVisibility,
  MapLegend,
  MapOptions,
  MapScreen,
  MapStats,
} from './map-handle.ts';
import { MapScene } from './map-scene.ts';
import { Marks } from './marks.ts';
import { pickAt } from './pick.ts';
import { BUILDINGS_FROM_ZOOM } from './style-context.ts';
import { wantedPictures } from './wanted-pictures.ts';

/** Marks and names are drawn for a screen of 1080 lines, on which a unit of the design is half a pixel. */
const UNITS_PER_PIXEL = 2;
const FIRST_REBUILD_MS = 500;
const LONGEST_REBUILD_MS = 30_000;

/**
 * Puts the city's map into `container` and draws the client's world on it until `dispose`. Resolves when the ground
 * is set up; names and tiles may still be coming (`whenIdle`). Rejects if this browser cannot draw at all.
 */
export async function mountMap(container: HTMLElement, options: MapOptions): Promise<MapHandle> {
  const failures = new FailureContainer((failure) => options.onFailure?.(failure));
  const [shape, figureFont] = await Promise.all([
    readCityShape(options.cityUrl, (part, error) => {
      failures.take(part, error);
    }),
    loadFigureFont().catch((error: unknown) => {
      failures.take('figures', error);
      return 'sans-serif';
    }),
  ]);
  // The library's style sheet positions its element; this one leaves the caller's alone.
  const element = document.createElement('div');
  element.style.cssText = 'position: relative; width: 100%; height: 100%';
  container.append(element);
  return new MapHost(element, options, shape, figureFont, failures);
}

class MapHost implements MapHandle {
  readonly #container: HTMLElement;
  readonly #options: MapOptions;
  readonly #shape: CityShape;
  readonly #figureFont: string;
  readonly #failures: FailureContainer;
  readonly #loop: FrameLoop;
  readonly #marks: Marks;
  readonly #disposers: (() => void)[] = [];
  readonly #calm = matchMedia('(prefers-reduced-motion: reduce)');
  readonly #drawnRisks = new DrawnRisks();
  readonly #camera: MapCamera;
  #settings: {
    language: MapOptions['language'];
    theme: MapOptions['theme'];
    screen: MapScreen;
    visible: MapLayerVisibility;
  };
  #scene: MapScene;
  #hasBuildings = false;
  #frames = 0;
  #lastReason = '';
  /** The moment shown by the last picture, and the same if the one before showed it as well: time stands. */
  #drawnAt: EpochMs | undefined;
  #stoodAt: EpochMs | undefined;
  #contexts = 0;
  #rebuildMs = FIRST_REBUILD_MS;
  #rebuildTimer: ReturnType<typeof setTimeout> | undefined;

  constructor(
    container: HTMLElement,
    options: MapOptions,
    shape: CityShape,
    figureFont: string,
    failures: FailureContainer,
  ) {
    this.#container = container;
    this.#options = options;
    this.#shape = shape;
    this.#figureFont = figureFont;
    this.#failures = failures;
    const { language, theme, screen, clientWorld } = options;
    this.#settings = { language, theme, screen, visible: {} };
    clientWorld.coarsen(options.isVisitor === true);
    this.#marks = new Marks(options, {
      onFailure: (part, error) => {
        failures.take(part, error);
      },
      onChange: () => {
        if (options.still === true) this.draw('way');
        else this.#loop.ask('way');
      },
    });
    this.#marks.showTeam(options.team);
    const [west = -180, south = -85, east = 180, north = 85] = options.city.bounds;
    this.#camera = new MapCamera({
      wholeCity: shape.bounds ?? [west, south, east, north],
      screen: () => this.#settings.screen,
      eases: options.still !== true,
      led: () => options.camera?.(),
      now: () => performance.now(),
    });
    this.#scene = this.#buildScene();
    this.#loop = new FrameLoop({
      wanted: () =>
        options.still === true
          ? undefined
          : this.#camera.isMoving
            ? { reason: 'camera', perSecond: 60 }
            : wantedPictures(this.#options, this.#metresPerPixel(), this.#stoodAt),
      draw: (reason) => {
        this.draw(reason);
      },
    });
    this.#follow();
  }

  setLanguage(language: MapOptions['language']): void {
    this.#settings = { ...this.#settings, language };
    this.#restyle();
  }

  setTheme(theme: MapOptions['theme']): void {
    this.#settings = { ...this.#settings, theme };
    this.#restyle();
  }

  setScreen(screen: MapScreen): void {
    this.#settings = { ...this.#settings, screen };
    this.#scene.resize();
    this.#restyle();
    this.#camera.onScreen();
    this.#moveCamera();
  }

  setLayers(visible: MapLayerVisibility): void {
    this.#settings = { ...this.#settings, visible };
    this.#restyle();
  }

  showTeam(team: Parameters<MapHandle['showTeam']>[0]): void {
    this.#marks.showTeam(team);
    this.draw('team');
  }

  setVisitor(isVisitor: boolean): void {
    this.#options.clientWorld.coarsen(isVisitor);
    this.#marks.ways.write();
    this.draw('visitor');
  }

  flyTo({ lng, lat, zoom }: { readonly lng: number; readonly lat: number; readonly zoom?: number }): void {
    this.#camera.easeTo({ lng, lat, zoom: zoom ?? this.#scene.camera.zoom });
    this.#loop.ask('camera');
    if (this.#options.still === true) this.draw('camera');
  }

  showCity(part?: Bounds): void {
    this.#camera.showPart(part);
    this.#moveCamera();
  }

  cityCamera(part?: Bounds): Camera {
    return this.#camera.cityCamera(part);
  }

  draw(reason: string): void {
    this.#frames += 1;
    const at = this.#options.now();
    this.#stoodAt = at === this.#drawnAt ? at : undefined;
    this.#drawnAt = at;
    this.#lastReason = reason;
    this.#moveCamera();
    this.#failures.run('marks', () => {
      this.#marks.prepare(at, 2 ** this.#scene.zoom, this.#scale());
      this.#scene.draw(reason);
    });
  }

  legend(): MapLegend {
    const { clientWorld, now } = this.#options;
    return legendOf({ clientWorld, marks: this.#marks, theme: this.#settings.theme }, now());
  }

  stats(): MapStats {
    const { motion, incidentMarks } = this.#options.clientWorld;
    const { ways } = this.#marks;
    return {
      frames: this.#frames,
      lastReason: this.#lastReason,
      contexts: this.#contexts,
      rows: {
        responders: motion.table.count,
        incidents: incidentMarks.table.count,
        wayPieces: ways.lines.count,
      },
      waysWaiting: ways.waiting,
    };
  }

  canvasWidth(): number {
    return this.#scene.canvasWidth();
  }

  async whenIdle(): Promise<void> {
    await this.#scene.whenIdle();
    await document.fonts.ready;
    this.draw('idle');
  }

  dispose(): void {
    for (const dispose of this.#disposers) dispose();
    clearTimeout(this.#rebuildTimer);
    this.#loop.dispose();
    this.#marks.dispose();
    this.#scene.dispose();
    this.#container.remove();
  }

  /** How much larger than on a 1080-line screen everything is drawn. */
  #scale(): number {
    return Math.max(0.25, this.#settings.screen.unit * UNITS_PER_PIXEL);
  }

  #moveCamera(): void {
    const to = this.#camera.next();
    if (to !== undefined) this.#scene.jumpTo(to);
  }

  #metresPerPixel(): number {
    const { metresPerUnit } = this.#options.clientWorld.mercator;
    return metresPerUnit / 2 ** this.#scene.zoom / devicePixelRatio;
  }

  #style(): ReturnType<typeof baseStyle> {
    const { language, theme, visible } = this.#settings;
    return baseStyle({
      cityUrl: new URL(this.#options.cityUrl, document.baseURI).href,
      city: this.#options.city,
      shape: this.#shape,
      hasBuildings: this.#hasBuildings,
      language,
      theme,
      scale: this.#scale(),
      showRisk: visible.risk !== false,
      showLabels: visible.labels !== false,
    });
  }

  #layers(): Layer[] {
    const { theme, language, visible } = this.#settings;
    return this.#marks.layers({
      colours: mapColours(theme),
      scale: this.#scale(),
      isCalm: this.#calm.matches,
      figureFont: this.#figureFont,
      language,
      visible,
      hasGivenUp: (part) => this.#failures.hasGivenUp(part),
    });
  }

  #buildScene(): MapScene {
    this.#contexts += 1;
    const scene = new MapScene({
      container: this.#container,
      style: this.#style(),
      isInteractive: this.#options.interactive === true,
      isStill: this.#options.still === true,
      onClick: (place) => {
        const { clientWorld, now, onPick } = this.#options;
        const { lng, lat, pixelsPerUnit } = place;
        onPick?.(
          pickAt({
            clientWorld,
            postMarks: this.#marks.posts,
            lng,
            lat,
            pixelsPerUnit,
            scale: this.#scale(),
            at: now(),
          }),
        );
      },
      onFailure: (part, error) => {
        // A pack may do without buildings.
        if (part === 'buildings') return;
        this.#failures.take(part, error);
        if (this.#failures.hasGivenUp(part))
          queueMicrotask(() => {
            this.#scene.setLayers(this.#layers());
          });
      },
      onHandMoved: () => {
        this.#camera.letGo(this.#scene.camera);
        this.#options.onHandMoved?.();
      },
      onRest: () => {
        const isNear = scene.camera.zoom - Math.log2(this.#scale()) > BUILDINGS_FROM_ZOOM - 0.5;
        if (!isNear || this.#hasBuildings) return;
        this.#hasBuildings = true;
        this.#restyle();
      },
    });
    this.#scene = scene;
    scene.setLayers(this.#layers());
    this.#camera.forget();
    this.#moveCamera();
    this.#drawnRisks.forget();
    this.#showRisks();
    return scene;
  }

  #restyle(): void {
    this.#scene.setStyle(this.#style());
    this.#scene.setLayers(this.#layers());
    this.#drawnRisks.forget();
    this.#showRisks();
    this.draw('look');
  }

  #showRisks(): void {
    const changed = this.#drawnRisks.changes(this.#options.clientWorld.world);
    if (changed.length > 0) this.#scene.setRisks(changed);
  }

  #follow(): void {
    const { clientWorld } = this.#options;
    const isStill = this.#options.still === true;
    this.#disposers.push(
      clientWorld.onChange((change) => {
        this.#marks.take(change);
        if (change.replaced || change.risks) this.#showRisks();
        if (isStill) this.draw('world');
        else this.#loop.ask('world');
      }),
    );
    const onLost = (event: Event): void => {
      event.stopPropagation();
      this.#failures.take('context', new Error('the graphics context was lost'));
      this.#rebuildLater();
    };
    this.#container.addEventListener('webglcontextlost', onLost, true);
    let isFirst = true;
    const watcher = new ResizeObserver(() => {
      // The first call tells the size that the map was built for.
      if (!isFirst) this.setScreen(this.#settings.screen);
      isFirst = false;
    });
    watcher.observe(this.#container);
    const onCalm = (): void => {
      this.#scene.setLayers(this.#layers());
    };
    this.#calm.addEventListener('change', onCalm);
    this.#disposers.push(
      () => {
        this.#container.removeEventListener('webglcontextlost', onLost, true);
      },
      () => {
        watcher.disconnect();
      },
      () => {
        this.#calm.removeEventListener('change', onCalm);
      },
    );
    this.#loop.wake();
  }

  /** A lost context does not come back as it was: ground and marks are built anew, at the same place. */
  #rebuildLater(): void {
    if (this.#rebuildTimer !== undefined) return;
    this.#rebuildTimer = setTimeout(() => {
      this.#rebuildTimer = undefined;
      this.#rebuildMs = Math.min(LONGEST_REBUILD_MS, this.#rebuildMs * 2);
      this.#failures.forgive();
      try {
        this.#scene.dispose();
        this.#scene = this.#buildScene();
        this.#loop.ask('context');
      } catch (error) {
        this.#failures.take('context', error);
        this.#rebuildLater();
      }
    }, this.#rebuildMs);
  }
}
