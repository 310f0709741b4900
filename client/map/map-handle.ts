import type { City } from '@maplewall/shared/domain/city.ts';
import type { IncidentId, PostId, ResponderId } from '@maplewall/shared/domain/ids.ts';
import type { ResponderKind, ResponderState } from '@maplewall/shared/domain/responder.ts';
import type { EpochMs } from '@maplewall/shared/domain/units.ts';
import type { ClientWorld } from '../world/client-world.ts';

export type MapLanguage = 'zh-CN' | 'en';
export type MapTheme = 'dark' | 'light';

/** CSS pixels at the edges that panels cover; the city is centred in what is left. */
export interface MapInsets {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
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
  readonly insets: MapInsets;
  /** Panning and zooming by hand; off on a wall that nobody touches. */
  readonly interactive?: boolean;
  /** Nothing moves by itself: drawn when the world changes or `draw` is called. For pictures that must be equal. */
  readonly still?: boolean;
  readonly onPick?: (pick: MapPick | undefined) => void;
  /** A layer or a file that failed; the rest of the map goes on. */
  readonly onFailure?: (failure: MapFailure) => void;
}

export type MapPick =
  | { readonly kind: 'incident'; readonly id: IncidentId }
  | { readonly kind: 'responder'; readonly id: ResponderId }
  | { readonly kind: 'post'; readonly id: PostId };

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
  readonly risk?: boolean;
  readonly labels?: boolean;
}

/** What is on the map at this moment: a legend names this and nothing else. */
export interface MapLegend {
  readonly kinds: Readonly<Record<ResponderKind, number>>;
  readonly states: Readonly<Record<ResponderState, number>>;
  /** Last fix older than 90 s, and older than 600 s. */
  readonly stale: number;
  readonly ghosts: number;
  readonly staffedPosts: number;
  readonly openIncidents: number;
  /** Ended within the last five minutes. */
  readonly endedIncidents: number;
  /** The clock ring of the first two minutes runs round at least one incident. */
  readonly clockRings: number;
  /** Colours of the risk steps that some grid has, from low to high, as CSS colours. */
  readonly riskSteps: readonly string[];
}

export interface MapStats {
  /** Animation frames drawn since the map was mounted. */
  readonly frames: number;
  readonly lastReason: string;
  /** Graphics contexts built; more than one after a lost context. */
  readonly contexts: number;
}

export interface MapHandle {
  setLanguage(language: MapLanguage): void;
  setTheme(theme: MapTheme): void;
  setInsets(insets: MapInsets): void;
  setLayers(visibility: MapLayerVisibility): void;
  /** Eases the camera there in 1.2 s; without a zoom it keeps the one it has. */
  flyTo(to: { readonly lng: number; readonly lat: number; readonly zoom?: number }): void;
  /** The whole city in what the panels leave free. */
  showCity(): void;
  /** Call it when the container's size changed in a way that the window did not tell. */
  resize(): void;
  /** Draws once now, for a reason that `stats` then shows. */
  draw(reason: string): void;
  legend(): MapLegend;
  stats(): MapStats;
  /** Width of the drawing buffer in device pixels, to prove that a large wall is drawn at full size. */
  canvasWidth(): number;
  /** Resolves when all tiles, labels and marks for the present view are drawn. */
  whenIdle(): Promise<void>;
  dispose(): void;
}
