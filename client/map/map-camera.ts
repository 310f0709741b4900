import { fitCamera, screenCamera, type Bounds, type Camera } from './camera.ts';
import { CameraLead } from './camera-lead.ts';
import type { MapScreen } from './map-handle.ts';

/** Free space round the city, in units of the design. */
const CITY_MARGIN_UNITS = 28;

export interface MapCameraParts {
  readonly wholeCity: Bounds;
  readonly screen: () => MapScreen;
  readonly eases: boolean;
  /** Somebody else's lead, if there is one at this moment. */
  readonly led: () => Camera | undefined;
  /** Steady milliseconds. */
  readonly now: () => number;
}

/** Where one screen's map looks: what the whole picture's camera wants, as this screen's part of it. */
export class MapCamera {
  readonly #parts: MapCameraParts;
  readonly #lead: CameraLead;
  /** What is to be seen whole; undefined when the camera is somewhere else. */
  #part: Bounds | undefined;

  constructor(parts: MapCameraParts) {
    this.#parts = parts;
    this.#lead = new CameraLead(parts.now, parts.eases);
    this.showPart(undefined);
  }

  get isMoving(): boolean {
    return this.#lead.isMoving(this.#parts.led());
  }

  /** The camera of the whole picture that shows a part of the city, or all of it, in what the panels leave free. */
  cityCamera(part?: Bounds): Camera {
    const { unit, picture, insets } = this.#parts.screen();
    return fitCamera(part ?? this.#parts.wholeCity, picture, insets, CITY_MARGIN_UNITS * unit);
  }

  /** Where the city would end in this screen's pixels, if it filled what the panels leave free. */
  freeEdges(): {
    readonly left: number;
    readonly top: number;
    readonly right: number;
    readonly bottom: number;
  } {
    const { unit, picture, insets } = this.#parts.screen();
    const margin = CITY_MARGIN_UNITS * unit;
    return {
      left: insets.left + margin - picture.left,
      top: insets.top + margin - picture.top,
      right: picture.width - insets.right - margin - picture.left,
      bottom: picture.height - insets.bottom - margin - picture.top,
    };
  }

  showPart(part: Bounds | undefined): void {
    this.#part = part ?? this.#parts.wholeCity;
    this.#lead.jumpTo(this.cityCamera(this.#part));
  }

  easeTo(to: Camera): void {
    this.#part = undefined;
    this.#lead.easeTo(to);
  }

  /** A hand has moved this screen's map to `shown`. */
  letGo(shown: Camera): void {
    this.#part = undefined;
    this.#lead.letGo(shown);
  }

  /** The screen changed: what is to be seen whole is fitted anew. */
  onScreen(): void {
    this.#lead.forget();
    if (this.#part !== undefined) this.#lead.jumpTo(this.cityCamera(this.#part));
  }

  /** The map that showed it is gone; the next one begins at the same place. */
  forget(): void {
    this.#lead.forget();
  }

  /** Where this screen's map is to look now, if that is another place than it shows. */
  next(): Camera | undefined {
    const to = this.#lead.next(this.#parts.led());
    return to === undefined ? undefined : screenCamera(to, this.#parts.screen().picture);
  }
}
