import type { EpochMs } from '@maplewall/shared/domain/units.ts';
import type { UsualPlaces } from '@maplewall/shared/wire/history.ts';
import { readCityShape } from './city-files.ts';
import type { CityShape } from './city-shape.ts';
import { ContextGuard } from './context-guard.ts';
import { FailureContainer } from './contain-failure.ts';
import { FrameLoop } from './frame-loop.ts';
import { legendOf } from './legend.ts';
import { DrawnRisks } from './drawn-risks.ts';
import type { Bounds, Camera } from './camera.ts';
import type { GroundData } from './ground-extra.ts';
import { MapCamera } from './map-camera.ts';
import { loadFigureFont } from './map-fonts.ts';
import type {
  MapHandle,
  MapLayerVisibility,
  MapLegend,
  MapOptions,
  MapScreen,
  MapStats,
} from './map-handle.ts';
import { MapLook } from './map-look.ts';
import { MapScene } from './map-scene.ts';
import { mapWord } from './map-words.ts';
import { Marks } from './marks.ts';
import { Obstacles } from './obstacles.ts';
import { followPage } from './page-events.ts';
import { Pointer } from './pointer.ts';
import type { ReachedStreets } from './reached-streets.ts';
import { BUILDINGS_FROM_ZOOM } from './style-context.ts';
import { REACH_SOURCE } from './style-reach.ts';
import { OBSTACLE_SOURCE } from './style-names.ts';
import { wantedPictures } from './wanted-pictures.ts';

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
  // Its canvases are above each other, and stay below what lies above the map.
  element.style.cssText = 'position: relative; isolation: isolate; width: 100%; height: 100%';
  container.append(element);
  try {
    return new MapHost(element, options, shape, figureFont, failures);
  } catch (error) {
    element.remove();
    throw error;
  }
}

class MapHost implements MapHandle {
  readonly #container: HTMLElement;
  readonly #options: MapOptions;
  /** Of the ground and of files: they are told, and nothing is left out for them. */
  readonly #failures: FailureContainer;
  /** The parts that the scene was told to leave out. */
  #leftOut = '';
  readonly #loop: FrameLoop;
  readonly #marks: Marks;
  readonly #pointer: Pointer;
  readonly #obstacles: Obstacles;
  readonly #disposers: (() => void)[] = [];
  readonly #calm = matchMedia('(prefers-reduced-motion: reduce)');
  readonly #drawnRisks = new DrawnRisks();
  readonly #camera: MapCamera;
  readonly #look: MapLook;
  readonly cityExtent: Bounds;
  #scene: MapScene;
  #frames = 0;
  #lastReason = '';
  /** The moment shown by the last picture, and the same if the one before showed it as well: time stands. */
  #drawnAt: EpochMs | undefined;
  #stoodAt: EpochMs | undefined;
  #contexts = 0;

  constructor(
    container: HTMLElement,
    options: MapOptions,
    shape: CityShape,
    figureFont: string,
    failures: FailureContainer,
  ) {
    this.#container = container;
    this.#options = options;
    this.#failures = failures;
    const { clientWorld } = options;
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
    this.#obstacles = new Obstacles(options.city, clientWorld);
    this.#look = new MapLook(
      { options, shape, figureFont, marks: this.#marks, obstacles: this.#obstacles },
      this.#calm,
    );
    this.#pointer = new Pointer(options, this.#marks, () => this.#look.scale);
    const [west = -180, south = -85, east = 180, north = 85] = options.city.bounds;
    this.cityExtent = shape.bounds ?? [west, south, east, north];
    this.#camera = new MapCamera({
      wholeCity: this.cityExtent,
      screen: () => this.#look.settings.screen,
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

  setScreen(screen: MapScreen): void {
    this.#look.settings = { ...this.#look.settings, screen };
    this.#scene.resize();
    this.#restyle();
    this.#camera.onScreen();
    this.#moveCamera();
  }

  setLayers(visible: MapLayerVisibility): void {
    this.#look.settings = { ...this.#look.settings, visible };
    this.#restyle();
  }

  showUsual(usual: UsualPlaces | undefined): void {
    this.#look.settings = { ...this.#look.settings, usual };
    this.#restyle();
  }

  showReach(reach: ReachedStreets): void {
    this.#look.settings = { ...this.#look.settings, reach };
    this.#scene.setData(REACH_SOURCE, reach);
  }

  setGround(source: string, data: GroundData): void {
    this.#scene.setData(source, data);
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
    const at = this.#options.now();
    this.#stoodAt = at === this.#drawnAt ? at : undefined;
    this.#drawnAt = at;
    this.#lastReason = reason;
    this.#moveCamera();
    const isDrawn = this.#look.failures.run('marks', () => {
      this.#marks.prepare(at, 2 ** this.#scene.zoom, this.#look.scale);
      const drawn = this.#scene.draw(reason);
      this.#leaveOut();
      return drawn;
    });
    if (isDrawn === true) this.#frames += 1;
  }

  /** Layers that were given up go, and come back when they are to be tried again. */
  #leaveOut(): void {
    const givenUp = this.#look.failures.givenUp().join();
    if (givenUp === this.#leftOut) return;
    this.#leftOut = givenUp;
    this.#scene.setLayers(this.#look.layers());
  }

  picture(): readonly HTMLCanvasElement[] {
    this.draw('picture');
    return this.#scene.canvases();
  }

  legend(): MapLegend {
    const { clientWorld, now } = this.#options;
    const { theme, usual } = this.#look.settings;
    return legendOf({ clientWorld, marks: this.#marks, theme, usualDays: usual?.days.length ?? 0 }, now());
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
      givenUp: this.#look.failures.givenUp(),
    };
  }

  canvasWidth(): number {
    return this.#scene.canvasWidth();
  }

  pixelsOf(at: { readonly lng: number; readonly lat: number }): { readonly x: number; readonly y: number } {
    return this.#scene.pixelsOf(at);
  }

  placeAt(x: number, y: number): { readonly lng: number; readonly lat: number } {
    return this.#scene.placeAt(x, y);
  }

  view(): Bounds {
    return this.#scene.view();
  }

  freeView(): Bounds {
    const { left, top, right, bottom } = this.#camera.freeEdges();
    const { lng: west, lat: south } = this.placeAt(left, bottom);
    const { lng: east, lat: north } = this.placeAt(right, top);
    return [west, south, east, north];
  }

  async whenIdle(): Promise<void> {
    await this.#scene.whenIdle();
    await document.fonts.ready;
    await this.#marks.ways.whenFound();
    this.draw('idle');
  }

  dispose(): void {
    for (const dispose of this.#disposers) dispose();
    this.#loop.dispose();
    this.#marks.dispose();
    this.#scene.dispose();
    this.#container.remove();
  }

  #moveCamera(): void {
    const to = this.#camera.next();
    if (to !== undefined) this.#scene.jumpTo(to);
  }

  #metresPerPixel(): number {
    const { metresPerUnit } = this.#options.clientWorld.mercator;
    return metresPerUnit / 2 ** this.#scene.zoom / devicePixelRatio;
  }

  #buildScene(): MapScene {
    this.#contexts += 1;
    const scene = new MapScene({
      container: this.#container,
      style: this.#look.style(),
      title: mapWord('title', this.#look.settings.language),
      isInteractive: this.#options.interactive === true,
      isStill: this.#options.still === true,
      onTap: (at) => void this.#pointer.tap(at),
      onHover: (at) => void this.#pointer.hover(at),
      onFailure: (part, error) => void this.#look.failures.take(part, error),
      onGroundFailure: (part, error) => {
        // A pack may do without buildings.
        if (part !== 'buildings') this.#failures.take(part, error);
      },
      onHandMoved: () => {
        this.#camera.letGo(this.#scene.camera);
        this.#options.onHandMoved?.();
      },
      onMove: () => void this.#options.onMove?.(),
      onRest: () => {
        const isNear = scene.camera.zoom - Math.log2(this.#look.scale) > BUILDINGS_FROM_ZOOM - 0.5;
        if (!isNear || this.#look.hasBuildings) return;
        this.#look.hasBuildings = true;
        this.#restyle();
      },
    });
    this.#scene = scene;
    scene.setLayers(this.#look.layers());
    this.#camera.forget();
    this.#moveCamera();
    this.#drawnRisks.forget();
    this.#showRisks();
    return scene;
  }

  #restyle(): void {
    this.#scene.setStyle(this.#look.style());
    this.#scene.setLayers(this.#look.layers());
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
        if ((change.replaced || change.events) && this.#obstacles.refresh())
          this.#scene.setData(OBSTACLE_SOURCE, this.#obstacles.points);
        if (change.replaced || change.risks) this.#showRisks();
        if (isStill) this.draw('world');
        else this.#loop.ask('world');
      }),
    );
    const guard = new ContextGuard({
      container: this.#container,
      onLost: () => {
        this.#look.failures.take('context', new Error('the graphics context was lost'));
      },
      rebuild: () => {
        this.#scene.dispose();
        this.#buildScene();
        // Not before: a map that can't be built is given up as well, and says so.
        this.#look.failures.forgive();
        this.#loop.ask('context');
      },
      onFailure: (error) => {
        this.#look.failures.take('context', error);
      },
    });
    const stopPage = followPage({
      element: this.#container,
      calm: this.#calm,
      onSize: () => {
        this.setScreen(this.#look.settings.screen);
      },
      onCalm: () => {
        this.#scene.setLayers(this.#look.layers());
      },
    });
    this.#disposers.push(stopPage, () => {
      guard.dispose();
    });
    const { onTouched, interactive } = this.#options;
    if (onTouched !== undefined && interactive === true)
      this.#container.addEventListener('pointerdown', () => {
        this.#camera.letGo(this.#scene.camera);
        onTouched();
      });
    this.#loop.wake();
  }
}
