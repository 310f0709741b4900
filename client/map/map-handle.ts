import type { City } from '@maplewall/shared/domain/city.ts';
import type { GridId, IncidentId, PostId, ResponderId, TeamId } from '@maplewall/shared/domain/ids.ts';
import type { ResponderKind, ResponderState } from '@maplewall/shared/domain/responder.ts';
import type { EpochMs } from '@maplewall/shared/domain/units.ts';
import type { UsualPlaces } from '@maplewall/shared/wire/history.ts';
import type { GroundData, GroundExtra } from './ground-extra.ts';
import type { MapLanguage, MapTheme } from './map-words.ts';
import type { ClientWorld } from '../world/client-world.ts';
import type { ReachedStreets } from './reached-streets.ts';
import type { Bounds, Camera, MapInsets, MapPicture } from './camera.ts';
import type { Fill } from '@maplewall/shared/rules/incident-fill.ts';

/** Where in the whole picture this map lies, and how large things are drawn in it. */
export interface MapScreen {
  /** CSS pixels of one unit of the design. */
  readonly unit: number;
  readonly picture: MapPicture;
  readonly insets: MapInsets;
}

export interface MapOptions {
  /** The parsed city.json. */
  readonly city: City;
  /** Where the pack's GeoJSON lies: `${cityUrl}/roads` and so on. */
  readonly cityUrl: string;
  readonly clientWorld: ClientWorld;
  /** The moment shown: the feed's `shownAt`. */
  readonly now: () => EpochMs;
  /** Shown seconds per second of ours, for the pace of redraws; 1 unless a replay says otherwise. */
  readonly pace?: () => number;
  readonly language: MapLanguage;
  readonly theme: MapTheme;
  readonly screen: MapScreen;
  /**
   * Where the whole picture's camera is at this moment, for a camera that somebody else leads; undefined leaves it to
   * the map. Asked at each picture.
   */
  readonly camera?: () => Camera | undefined;
  /** Somebody moved the map by hand. */
  readonly onHandMoved?: () => void;
  /** Somebody touched the map, whether it moved or not; whoever led its camera lets go of it then. */
  readonly onTouched?: () => void;
  /** The ground shows another part of the city: what a screen laid over it has to follow. */
  readonly onMove?: () => void;
  /** What this screen draws into the ground beside the city. */
  readonly ground?: GroundExtra;
  /** Panning and zooming by hand; off on a wall that nobody touches. */
  readonly interactive?: boolean;
  /** Nothing moves by itself: drawn when the world changes or `draw` is called. For pictures that must be equal. */
  readonly still?: boolean;
  /** Only this team's people stand out; the others step back. */
  readonly team?: TeamId;
  /** Everybody and everything is drawn somewhere in its square of 250 m, ways not at all; see `MapHandle.setVisitor`. */
  readonly isVisitor?: boolean;
  /** What was tapped, and where. */
  readonly onPick?: (pick: MapPick | undefined, at: { readonly lng: number; readonly lat: number }) => void;
  /** What lies under the pointer, when that changed; asked only of a map that somebody may touch. */
  readonly onHover?: (pick: MapPick | undefined) => void;
  /** A layer or a file that failed; the rest of the map goes on. */
  readonly onFailure?: (failure: MapFailure) => void;
}

export type MapPick =
  | { readonly kind: 'incident'; readonly id: IncidentId }
  | { readonly kind: 'responder'; readonly id: ResponderId }
  | { readonly kind: 'post'; readonly id: PostId }
  | ({ readonly kind: 'grid'; readonly id: GridId } & GridFactors);

/** What the world knows about a grid's risk: the level as it was sent, and what is open there. */
export interface GridFactors {
  /** 0–100; undefined where nobody sent one. */
  readonly level: number | undefined;
  /** 0 (not drawn) to 5. */
  readonly step: number;
  readonly openHazards: number;
  /** Of these, those past their due date. */
  readonly overdueHazards: number;
  readonly openIncidents: number;
  /** Ended within the last hour, which is as long as the world keeps them. */
  readonly endedIncidents: number;
}

export interface MapFailure {
  /** Which part: a layer's name, a file of the pack, 'context' for a lost graphics context. */
  readonly part: string;
  readonly message: string;
}

/** What can be hidden. All is shown unless it is set to false. */
export interface MapLayerVisibility {
  readonly responders?: boolean;
  readonly incidents?: boolean;
  readonly posts?: boolean;
  /** Ways of running orders, with the minutes to go. */
  readonly orders?: boolean;
  readonly risk?: boolean;
  readonly labels?: boolean;
}

/** What is on the map at this moment: a legend names this and nothing else. */
export interface MapLegend {
  readonly kinds: Readonly<Record<ResponderKind, number>>;
  readonly states: Readonly<Record<ResponderState, number>>;
  /** Last fix older than the limits of its kind: 90 s and 600 s where the pack says nothing. */
  readonly stale: number;
  readonly ghosts: number;
  readonly staffedPosts: number;
  readonly openIncidents: number;
  /** These, by how full their marks are. */
  readonly fills: Readonly<Record<Fill, number>>;
  /** Ended within the last five minutes. */
  readonly endedIncidents: number;
  /** The clock ring of the first two minutes runs round at least one incident. */
  readonly clockRings: number;
  /** The risk steps that some grid has, from low to high. */
  readonly riskSteps: readonly RiskLegendStep[];
  /** Everybody who is drawn, and the marks that they share: fewer where the map is seen from far. */
  readonly people: number;
  readonly marks: number;
  /** Marks that stand for several incidents. */
  readonly clusters: number;
  /** Running orders with a line, and those without one because others are more urgent. */
  readonly ways: number;
  readonly waysLeftOut: number;
  readonly isVisitor: boolean;
  /** Days that the faint heat is made of; 0 while it is not shown or there are none. */
  readonly usualDays: number;
}

export interface RiskLegendStep {
  readonly colour: string;
  /** Levels of this step: above `from`, up to `to`. */
  readonly from: number;
  readonly to: number;
}

export interface MapStats {
  /** Pictures in which marks were really drawn, since the map was mounted. */
  readonly frames: number;
  readonly lastReason: string;
  /** How often the scene was built; more than once after a lost context. */
  readonly contexts: number;
  /** Rows by kind of mark, as they were drawn last. */
  readonly rows: { readonly responders: number; readonly incidents: number; readonly wayPieces: number };
  /** Ways that were asked for and have not come yet. */
  readonly waysWaiting: number;
  /** What failed so often that it is left out for some minutes: a layer, 'marks' for all of them, 'context'. */
  readonly givenUp: readonly string[];
}

export interface MapHandle {
  /** The screen, its part of the picture or the panels over it have another size. */
  setScreen(screen: MapScreen): void;
  setLayers(visibility: MapLayerVisibility): void;
  /** Only this team's people stand out; undefined: nobody steps back. */
  showTeam(team: TeamId | undefined): void;
  /**
   * For visitors: people and incidents are drawn somewhere in their square of 250 m (the same spot as long as they
   * stay in it), ways of orders not at all. The legend says that this is so.
   */
  setVisitor(isVisitor: boolean): void;
  /** The ghost day: where incidents are usual at this hour of such a weekday, as faint heat; undefined: not shown. */
  showUsual(usual: UsualPlaces | undefined): void;
  /** What staffed posts reach in half a minute along the streets. */
  showReach(reach: ReachedStreets): void;
  /** Other data for a source of `MapOptions.ground`. */
  setGround(source: string, data: GroundData): void;
  /** The extent of the city's boundary; of the pack where it has none. */
  readonly cityExtent: Bounds;
  /** Eases the camera there in 1.2 s; without a zoom it keeps the one it has. */
  flyTo(to: { readonly lng: number; readonly lat: number; readonly zoom?: number }): void;
  /** The city, or a part of it, in what the panels leave free. */
  showCity(part?: Bounds): void;
  /** The camera of the whole picture that shows the city, or a part of it, in what the panels leave free. */
  cityCamera(part?: Bounds): Camera;
  /** Draws once now, for a reason that `stats` then shows. */
  draw(reason: string): void;
  /**
   * Draws all of it at once and answers its canvases, the lowest first. They hold the picture until the browser shows its
   * next one: whoever wants it copies it before anything is awaited.
   */
  picture(): readonly HTMLCanvasElement[];
  legend(): MapLegend;
  stats(): MapStats;
  /** Width of the drawing buffer in device pixels, to prove that a large wall is drawn at full size. */
  canvasWidth(): number;
  /** Where a place lies in the map's element, in CSS pixels, and what place lies there. */
  pixelsOf(at: { readonly lng: number; readonly lat: number }): { readonly x: number; readonly y: number };
  placeAt(x: number, y: number): { readonly lng: number; readonly lat: number };
  /** What this screen's map shows, from edge to edge: screens of one picture join there. */
  view(): Bounds;
  /** What it shows between the panels: `showCity` of it brings the same view back, also on a screen of another size. */
  freeView(): Bounds;
  /** Resolves when all tiles, labels, marks and ways for the present view are drawn. */
  whenIdle(): Promise<void>;
  dispose(): void;
}
