import { fromE5, type EpochMs } from '@maplewall/shared/domain/units.ts';
import type { IncidentId, ResponderId } from '@maplewall/shared/domain/ids.ts';
import { RESPONDER_STATES, type Responder } from '@maplewall/shared/domain/responder.ts';
import type { World } from '@maplewall/shared/world/world.ts';
import type { Whose } from './ageing.ts';
import { coarsePlace } from './coarse-place.ts';
import { InstanceTable } from './instance-table.ts';
import { offsetX, offsetY, type Mercator } from './mercator.ts';
import type { ShownClock } from './shown-clock.ts';

/** Nobody glides further than this: a gap in the fixes, or a slot's error, is shown as a jump. */
const JUMP_METRES = 500;
/** A glide takes as long as the fix before took to be followed by this one, within these bounds. */
const SHORTEST_GLIDE_SECONDS = 1;
const LONGEST_GLIDE_SECONDS = 30;
/** Fixes come a little unevenly; a glide that lasts a little longer does not stop and start. */
const GLIDE_STRETCH = 1.15;
/** Below this the two fixes say nothing about where somebody is heading. */
const HEADING_METRES = 3;

/** `whose` of a slot that is not drawn. */
export const HIDDEN = 255;

/** What byte 29 holds beside the state. */
export const STATE_BITS = 0x07;
/** Four bits: how many this mark stands for, in steps; MERGED_AWAY: another mark stands for this one. */
export const MERGE_SHIFT = 3;
export const MERGED_AWAY = 15;
/** Set while somebody else's team is shown. */
export const STEPS_BACK = 0x80;

/**
 * A row per slot, 32 bytes, as the responders layer reads it. Positions are Mercator offsets, times are seconds
 * of the shown clock.
 *
 *   float 0, 1  where the glide starts     float 4, 5  when it starts and ends
 *   float 2, 3  the newest fix             float 6     when that fix was measured
 *   byte 28     whose: kind and limits of age (Whose; HIDDEN: not drawn)
 *   byte 29     state (index in RESPONDER_STATES), and above it what the crowd makes of it (STEPS_BACK, MERGE_SHIFT)
 *   byte 30     heading, 256 steps clockwise from north
 *   byte 31     0, or 1 + where round its incident this responder stands, 255 steps clockwise from north
 */
export const MOTION_STRIDE_BYTES = 32;
const FLOATS = MOTION_STRIDE_BYTES / 4;

/**
 * Where everybody is drawn, at any moment, without touching anything per animation frame: each slot glides from
 * where it was drawn to its newest fix. Nobody is ever drawn beyond the newest fix, so the map shows what was
 * measured and never a guess.
 */
export class Motion {
  readonly table = new InstanceTable(MOTION_STRIDE_BYTES);
  /** Whether places are coarsened, for visitors. */
  isCoarse = false;
  readonly whose: Whose;
  readonly #mercator: Mercator;
  readonly #clock: ShownClock;
  readonly #holders: (ResponderId | undefined)[] = [];
  /** When the last glide ends, in seconds of the shown clock. */
  #glidesUntil = Number.NEGATIVE_INFINITY;
  /** Fastest glide that was started in this and in the previous ten seconds. */
  #fastest = { now: 0, before: 0, since: Number.NEGATIVE_INFINITY };

  constructor(mercator: Mercator, clock: ShownClock, whose: Whose) {
    this.#mercator = mercator;
    this.#clock = clock;
    this.whose = whose;
  }

  /** True as long as somebody is on the way between two fixes. */
  isMoving(at: EpochMs): boolean {
    return this.#clock.toSeconds(at) < this.#glidesUntil;
  }

  /** Metres per shown second of the fastest glide of late: says how often a redraw can be seen at all. */
  get fastestMetresPerSecond(): number {
    return Math.max(this.#fastest.now, this.#fastest.before);
  }

  /** Takes over a whole world. Whoever was drawn already glides on, unless somebody `jumped` in time. */
  replace(world: World, shownAt: EpochMs, jumped: boolean): void {
    const { length } = world.positions;
    this.table.reserve(length);
    if (jumped) this.#holders.length = 0;
    for (let slot = 0; slot < Math.max(length, this.table.count); slot++) this.#take(world, slot, shownAt);
    this.table.count = length;
    this.#holders.length = length;
    this.restate(world, shownAt, jumped);
    this.table.touchAll();
  }

  /** Takes the newest fix of each slot given; repeated slots cost nothing more. */
  take(world: World, slots: ArrayLike<number>, shownAt: EpochMs): void {
    this.#fit(world);
    for (let index = 0; index < slots.length; index++) {
      const slot = slots[index] ?? 0;
      if (slot < this.table.count) this.#take(world, slot, shownAt);
    }
  }

  /** After events: who is on duty, what they are, what they do, and who stands at which incident. */
  restate(world: World, shownAt: EpochMs, jumped = false): void {
    this.#fit(world);
    const { responderIds } = world.positions;
    for (let slot = 0; slot < this.table.count; slot++)
      if (responderIds[slot] !== this.#holders[slot]) this.#take(world, slot, shownAt);
    const atIncident = new Map<IncidentId, number>();
    for (const responder of world.responders.values())
      this.#restateOne(world, responder, atIncident, shownAt, jumped);
  }

  /** Lowers all times by `seconds`, after the shown clock's base moved up. */
  shiftTimes(seconds: number): void {
    const { floats, count } = this.table;
    for (let row = 0; row < count; row++) {
      const at = row * FLOATS;
      for (let column = 4; column <= 6; column++) floats[at + column] = (floats[at + column] ?? 0) - seconds;
    }
    this.#glidesUntil -= seconds;
    this.#fastest.since -= seconds;
    this.table.touchAll();
  }

  /** Where a slot is drawn at `at`, as a Mercator offset; undefined if it is not drawn. The shader does the same. */
  drawnAt(slot: number, at: EpochMs): { readonly x: number; readonly y: number } | undefined {
    if (slot >= this.table.count || this.table.bytes[slot * MOTION_STRIDE_BYTES + 28] === HIDDEN)
      return undefined;
    return this.#place(slot, this.#clock.toSeconds(at));
  }

  /** Whether another's mark stands for this slot as well. */
  isMergedAway(slot: number): boolean {
    return (((this.table.bytes[slot * MOTION_STRIDE_BYTES + 29] ?? 0) >> MERGE_SHIFT) & 15) === MERGED_AWAY;
  }

  /** Seconds since the slot's newest fix was measured. */
  ageSeconds(slot: number, at: EpochMs): number {
    return this.#clock.toSeconds(at) - (this.table.floats[slot * FLOATS + 6] ?? Number.NaN);
  }

  /** Where a slot heads, and where round its incident it stands if it stands at one: turns clockwise from north. */
  turns(slot: number): { readonly heading: number; readonly around: number | undefined } {
    const [heading = 0, around = 0] = this.table.bytes.subarray(slot * MOTION_STRIDE_BYTES + 30);
    return { heading: heading / 256, around: around === 0 ? undefined : (around - 1) / 255 };
  }

  #fit(world: World): void {
    const { length } = world.positions;
    this.table.reserve(length);
    for (let slot = this.table.count; slot < length; slot++) {
      this.table.bytes[slot * MOTION_STRIDE_BYTES + 28] = HIDDEN;
      this.#holders[slot] = undefined;
      this.table.touch(slot);
    }
    this.table.count = length;
    this.#holders.length = length;
  }

  #place(slot: number, seconds: number): { x: number; y: number } {
    const { floats } = this.table;
    const row = slot * FLOATS;
    const fromX = floats[row] ?? 0;
    const fromY = floats[row + 1] ?? 0;
    const toX = floats[row + 2] ?? 0;
    const toY = floats[row + 3] ?? 0;
    const start = floats[row + 4] ?? 0;
    const end = floats[row + 5] ?? 0;
    const part = end > start ? Math.min(1, Math.max(0, (seconds - start) / (end - start))) : 1;
    return { x: fromX + (toX - fromX) * part, y: fromY + (toY - fromY) * part };
  }

  #take(world: World, slot: number, shownAt: EpochMs): void {
    const { positions } = world;
    const { floats, bytes } = this.table;
    const row = slot * FLOATS;
    const look = slot * MOTION_STRIDE_BYTES + 28;
    const holder = positions.responderIds[slot];
    const isDrawn = bytes[look] !== HIDDEN && this.#holders[slot] === holder;
    this.#holders[slot] = holder;
    this.table.touch(slot);
    if (holder === undefined || positions.hasFix[slot] !== 1) {
      bytes[look] = HIDDEN;
      return;
    }
    // Whoever is drawn already needs no looking up: what they are and do is brought up to date by `restate`.
    if (!isDrawn) {
      const responder = world.responders.get(holder);
      if (responder === undefined) {
        bytes[look] = HIDDEN;
        return;
      }
      bytes[look] = this.whose.byteOf(responder);
      bytes[look + 1] = RESPONDER_STATES.indexOf(responder.state);
    }
    floats[row + 6] = this.#clock.toSeconds((positions.fixAtSeconds[slot] ?? 0) * 1000);
    // Between two squares of 250 m a heading would say more than the place does.
    const heading = this.isCoarse ? 0 : this.#heading(world, slot);
    if (heading !== undefined) bytes[look + 2] = heading;
    else if (!isDrawn) bytes[look + 2] = 0;
    if (!isDrawn) bytes[look + 3] = 0;
    // Who stands at an incident stays there, whatever the fixes say within a few metres.
    if (isDrawn && bytes[look + 3] !== 0) return;
    const lng = fromE5(positions.lngE5[slot] ?? 0);
    const lat = fromE5(positions.latE5[slot] ?? 0);
    const to = this.#placeOf(holder, lng, lat);
    this.#glide(slot, to, this.#glideSeconds(world, slot), shownAt, isDrawn);
  }

  #placeOf(id: string, lng: number, lat: number): { readonly x: number; readonly y: number } {
    const x = offsetX(this.#mercator, lng);
    const y = offsetY(this.#mercator, lat);
    return this.isCoarse ? coarsePlace(this.#mercator, x, y, id) : { x, y };
  }

  #glide(
    slot: number,
    { x: toX, y: toY }: { readonly x: number; readonly y: number },
    seconds: number,
    shownAt: EpochMs,
    isDrawn: boolean,
  ): void {
    const { floats } = this.table;
    const row = slot * FLOATS;
    const now = this.#clock.toSeconds(shownAt);
    const from = isDrawn ? this.#place(slot, now) : { x: toX, y: toY };
    const metres = Math.hypot(toX - from.x, toY - from.y) * this.#mercator.metresPerUnit;
    const jumps = metres > JUMP_METRES;
    floats[row] = jumps ? toX : from.x;
    floats[row + 1] = jumps ? toY : from.y;
    floats[row + 2] = toX;
    floats[row + 3] = toY;
    floats[row + 4] = now;
    floats[row + 5] = isDrawn ? now + seconds : now;
    if (jumps || metres < 0.01) return;
    this.#glidesUntil = Math.max(this.#glidesUntil, now + seconds);
    if (Math.abs(now - this.#fastest.since) > 10)
      this.#fastest = { now: 0, before: this.#fastest.now, since: now };
    this.#fastest.now = Math.max(this.#fastest.now, metres / seconds);
  }

  #glideSeconds(world: World, slot: number): number {
    const { positions } = world;
    const interval =
      positions.hasPrevious[slot] === 1
        ? (positions.fixAtSeconds[slot] ?? 0) - (positions.previousFixAtSeconds[slot] ?? 0)
        : SHORTEST_GLIDE_SECONDS;
    return Math.min(
      LONGEST_GLIDE_SECONDS,
      Math.max(SHORTEST_GLIDE_SECONDS, Number.isFinite(interval) ? interval * GLIDE_STRETCH : 0),
    );
  }

  #heading(world: World, slot: number): number | undefined {
    const { positions } = world;
    if (positions.hasPrevious[slot] !== 1) return undefined;
    const lng = fromE5(positions.lngE5[slot] ?? 0);
    const lat = fromE5(positions.latE5[slot] ?? 0);
    const east =
      offsetX(this.#mercator, lng) - offsetX(this.#mercator, fromE5(positions.previousLngE5[slot] ?? 0));
    const north =
      offsetY(this.#mercator, lat) - offsetY(this.#mercator, fromE5(positions.previousLatE5[slot] ?? 0));
    if (Math.hypot(east, north) * this.#mercator.metresPerUnit < HEADING_METRES) return undefined;
    return Math.round((Math.atan2(east, north) / (2 * Math.PI)) * 256) & 255;
  }

  #restateOne(
    world: World,
    responder: Responder,
    atIncident: Map<IncidentId, number>,
    shownAt: EpochMs,
    jumped: boolean,
  ): void {
    const { bytes } = this.table;
    const { slot } = responder;
    const look = slot * MOTION_STRIDE_BYTES + 28;
    if (slot >= this.table.count || bytes[look] === HIDDEN) return;
    const whose = this.whose.byteOf(responder);
    const state = RESPONDER_STATES.indexOf(responder.state);
    let around = 0;
    if (responder.state === 'onScene' && responder.incidentId !== '') {
      const place = atIncident.get(responder.incidentId) ?? 0;
      atIncident.set(responder.incidentId, place + 1);
      around = placeAround(place);
    }
    const before = bytes[look + 1] ?? 0;
    if (bytes[look] === whose && (before & STATE_BITS) === state && bytes[look + 3] === around) return;
    bytes[look] = whose;
    bytes[look + 1] = state;
    const stood = bytes[look + 3] !== 0;
    bytes[look + 3] = around;
    this.table.touch(slot);
    if (around !== 0 && responder.incidentId !== '') {
      const incident = world.incidents.get(responder.incidentId);
      if (incident === undefined) bytes[look + 3] = 0;
      else
        this.#glide(
          slot,
          this.#placeOf(incident.id, incident.lng, incident.lat),
          SHORTEST_GLIDE_SECONDS,
          shownAt,
          !jumped,
        );
    } else if (stood) this.#take(world, slot, shownAt);
  }
}

/** The n-th of those who stand round an incident: to the right below first, then on, eight to the round. */
const placeAround = (place: number): number => 1 + ((place * 32 + 80 + (place >= 8 ? 16 : 0)) % 255);
