import { epochMs, type EpochMs } from '@maplewall/shared/domain/units.ts';
import type { IncidentId } from '@maplewall/shared/domain/ids.ts';
import type { World } from '@maplewall/shared/world/world.ts';
import { centredCamera, type Bounds, type Camera } from '../../map/camera.ts';
import type { MapScreen } from '../../map/map-handle.ts';
import {
  beginDirection,
  direct,
  directedCamera,
  insetsOf,
  takeOver,
  wantedShot,
  type Direction,
  type Shot,
  type Wanted,
} from './director.ts';

/** A hand on the map stops the director for so long. */
const HANDS_OFF_MS = 120_000;
/** A picture is seen about so long after it was asked for: the first one of a move shows that it has begun, so that others follow at once. */
const PICTURE_MS = 16;
/** An incident is shown with its surroundings: so many metres from it to the nearer edge. */
const SURROUNDINGS_METRES = 420;
const METRES_PER_UNIT_AT_EQUATOR = 40_075_016.686 / 512;

type IncidentShot = Extract<Shot, { kind: 'incident' }>;

export interface DirectorParts {
  readonly world: () => World;
  readonly now: () => EpochMs;
  /** Where the map draws an incident: for visitors the camera tells no more than the mark. */
  readonly placeOf: (incident: IncidentShot) => { readonly lng: number; readonly lat: number };
  readonly screen: () => MapScreen;
  /** Undefined until there is a map. */
  readonly cityCamera: (part?: Bounds) => Camera | undefined;
  /** Where the map is now, wherever a hand has moved it. */
  readonly shownCamera: () => Camera | undefined;
  /** What the pack says of the city's extent. */
  readonly city: Bounds;
  readonly part: Bounds | undefined;
  /** Steady milliseconds of this machine, for the two minutes after a hand. */
  readonly steadyNow: () => number;
}

/**
 * Leads the map's camera by the rules of director.ts, which are pure functions of world and time. What they cannot tell is
 * kept here: which way the camera is on and since when, because a move begins where the last one ended and rest is counted
 * from it, so that two walls opened at different seconds may rest differently; and when a hand was last on this map.
 */
export class Director {
  readonly #parts: DirectorParts;
  #direction: Direction | undefined;
  #insets: readonly IncidentId[] = [];
  #handAt = Number.NEGATIVE_INFINITY;

  constructor(parts: DirectorParts) {
    this.#parts = parts;
  }

  /** Somebody took or touched the map: the director stands back for two minutes. */
  onHand(): void {
    this.#handAt = this.#parts.steadyNow();
    this.#direction = undefined;
  }

  /** Incidents that share the screen with what the camera shows. */
  get insets(): readonly IncidentId[] {
    return this.#insets;
  }

  /** Where the camera is now; undefined while a hand has it, or before anything is known. */
  camera(): Camera | undefined {
    const at = this.#parts.now();
    const overview = this.#parts.cityCamera(this.#parts.part);
    if (
      overview === undefined ||
      at === epochMs(0) ||
      this.#parts.steadyNow() - this.#handAt < HANDS_OFF_MS
    ) {
      this.#insets = [];
      return undefined;
    }
    const wanted = wantedShot(this.#parts.world(), at, this.#parts.city);
    this.#direction =
      this.#direction === undefined ? this.#begin(wanted, at) : direct(this.#direction, wanted, at);
    this.#insets = insetsOf(this.#direction, wanted);
    return directedCamera(this.#direction, epochMs(at + PICTURE_MS), (shot) =>
      shot.kind === 'overview' ? overview : this.#cameraOf(shot),
    );
  }

  #begin(wanted: Wanted, at: EpochMs): Direction {
    const left = this.#handAt === Number.NEGATIVE_INFINITY ? undefined : this.#parts.shownCamera();
    return left === undefined ? beginDirection(wanted) : takeOver(wanted, left, at);
  }

  #cameraOf(shot: IncidentShot): Camera {
    const { lng, lat } = this.#parts.placeOf(shot);
    const { picture, insets } = this.#parts.screen();
    const freeWidth = picture.width - insets.left - insets.right;
    const freeHeight = picture.height - insets.top - insets.bottom;
    const metresPerPixel = (2 * SURROUNDINGS_METRES) / Math.max(100, Math.min(freeWidth, freeHeight));
    const metresPerUnit = METRES_PER_UNIT_AT_EQUATOR * Math.cos((lat * Math.PI) / 180);
    const zoom = Math.log2(metresPerUnit / metresPerPixel);
    return centredCamera({ lng, lat, zoom }, picture, insets);
  }
}
