import { CATEGORIES, type Incident } from '@maplewall/shared/domain/incident.ts';
import type { IncidentId } from '@maplewall/shared/domain/ids.ts';
import type { EpochMs } from '@maplewall/shared/domain/units.ts';
import type { World } from '@maplewall/shared/world/world.ts';
import { coarsePlace } from './coarse-place.ts';
import { fillOf, FILLS } from '@maplewall/shared/rules/incident-fill.ts';
import { arrivedAt, endedAt } from './incident-times.ts';
import { InstanceTable } from './instance-table.ts';
import { offsetX, offsetY, placeAt, type Mercator } from './mercator.ts';
import type { ShownClock } from './shown-clock.ts';

/** So long something that ended leaves its mark. */
export const ENDED_MARK_SECONDS = 300;
/** Stands for 'has not happened' in the time columns. */
export const NEVER_SECONDS = 1e9;

/** In byte 27: another mark stands for this one. */
export const HIDDEN_IN_CLUSTER = 255;
/** A mark says no larger number than this. */
export const LARGEST_CLUSTER = 99;

/**
 * A row per incident, 32 bytes, as the incidents layer reads it; lower priorities first, so that what is urgent is
 * drawn above the rest.
 *
 *   float 0, 1  where          float 2  received   float 3  first arrival   float 4  ended   float 5  first shown
 *   byte 24     category (index in CATEGORIES)     byte 25  priority 1–4
 *   byte 26     its place in FILLS, or IS_DIVERTED while it belongs to another department
 *   byte 27     0, the number of incidents that this mark stands for, or HIDDEN_IN_CLUSTER      byte 28–31  0
 */
export const INCIDENT_STRIDE_BYTES = 32;
export const IS_DIVERTED = FILLS.length;
const FLOATS = INCIDENT_STRIDE_BYTES / 4;

/** The incidents of a world as rows. Rewritten as a whole when something about incidents changed: they are few. */
export class IncidentMarks {
  readonly table = new InstanceTable(INCIDENT_STRIDE_BYTES, 64);
  /** Row → incident. */
  readonly ids: IncidentId[] = [];
  readonly #mercator: Mercator;
  readonly #clock: ShownClock;
  /** Whether places are coarsened, for visitors. */
  isCoarse = false;
  readonly #firstShownAt = new Map<IncidentId, number>();

  constructor(mercator: Mercator, clock: ShownClock) {
    this.#mercator = mercator;
    this.#clock = clock;
  }

  /** `replaced`: the world is another one, so nothing in it counts as having just arrived. */
  write(world: World, shownAt: EpochMs, replaced: boolean): void {
    const shown: Incident[] = [];
    for (const incident of world.incidents.values()) {
      const ended = endedAt(incident);
      if (ended === undefined || shownAt - ended < ENDED_MARK_SECONDS * 1000) shown.push(incident);
    }
    shown.sort(
      (a, b) =>
        Number(endedAt(b) !== undefined) - Number(endedAt(a) !== undefined) ||
        b.priority - a.priority ||
        (a.times.received ?? 0) - (b.times.received ?? 0) ||
        (a.id < b.id ? -1 : 1),
    );
    for (const id of this.#firstShownAt.keys()) if (!world.incidents.has(id)) this.#firstShownAt.delete(id);
    this.table.reserve(shown.length);
    this.table.count = shown.length;
    this.ids.length = 0;
    for (const [row, incident] of shown.entries()) this.#writeRow(row, incident, shownAt, replaced);
    this.table.touchAll();
  }

  /** Where an incident is drawn, as a Mercator offset. */
  place({ id, lng, lat }: Pick<Incident, 'id' | 'lng' | 'lat'>): { readonly x: number; readonly y: number } {
    const x = offsetX(this.#mercator, lng);
    const y = offsetY(this.#mercator, lat);
    return this.isCoarse ? coarsePlace(this.#mercator, x, y, id) : { x, y };
  }

  /** The same in degrees. */
  placeInDegrees(incident: Pick<Incident, 'id' | 'lng' | 'lat'>): {
    readonly lng: number;
    readonly lat: number;
  } {
    const { x, y } = this.place(incident);
    return placeAt(this.#mercator, x, y);
  }

  #writeRow(row: number, incident: Incident, shownAt: EpochMs, replaced: boolean): void {
    const { floats, bytes } = this.table;
    const seconds = (at: EpochMs | undefined): number =>
      at === undefined ? NEVER_SECONDS : this.#clock.toSeconds(at);
    let firstShown = this.#firstShownAt.get(incident.id);
    if (firstShown === undefined) {
      firstShown = replaced ? 0 : shownAt;
      this.#firstShownAt.set(incident.id, firstShown);
    }
    const at = row * FLOATS;
    const look = row * INCIDENT_STRIDE_BYTES + 24;
    this.ids.push(incident.id);
    const place = this.place(incident);
    floats[at] = place.x;
    floats[at + 1] = place.y;
    floats[at + 2] = seconds(incident.times.received ?? shownAt);
    floats[at + 3] = seconds(arrivedAt(incident));
    floats[at + 4] = seconds(endedAt(incident));
    floats[at + 5] = firstShown === 0 ? -NEVER_SECONDS : this.#clock.toSeconds(firstShown);
    bytes.fill(0, look, look + 8);
    bytes[look] = CATEGORIES.indexOf(incident.category);
    bytes[look + 1] = incident.priority;
    bytes[look + 2] = incident.state === 'diverted' ? IS_DIVERTED : FILLS.indexOf(fillOf(incident));
  }
}
