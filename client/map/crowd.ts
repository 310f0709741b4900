import type { TeamId } from '@maplewall/shared/domain/ids.ts';
import type { EpochMs } from '@maplewall/shared/domain/units.ts';
import { RESPONDER_STATES } from '@maplewall/shared/domain/responder.ts';
import { fixAge } from '@maplewall/shared/rules/fix-age.ts';
import type { ClientWorld } from '../world/client-world.ts';
import {
  HIDDEN,
  MERGE_SHIFT,
  MERGED_AWAY,
  MOTION_STRIDE_BYTES,
  STATE_BITS,
  STEPS_BACK,
} from '../world/motion.ts';

/** Who waits and stands nearer to another of the kind than this is drawn with that one, on a 1080-line screen. */
const CELL_PIXELS = 7;
/** From so many pixels a metre on everybody has a mark of their own: there a person would be missed in the street. */
const NOBODY_MERGED_FROM = 0.25;
const AVAILABLE = RESPONDER_STATES.indexOf('available');

/** How many people have a mark and how many share that of another; together they are all who are drawn. */
export interface CrowdCount {
  readonly people: number;
  readonly marks: number;
}

/** Ageing is seen within so many seconds, also when nothing arrives. */
const AGEING_SECONDS = 1.5;
const NO_CELL = -1;

/**
 * Draws a crowd as fewer, larger marks where single ones would lie upon each other, and lets everybody but one team
 * step back on demand. Only those who wait are merged, only with the same kind, the same limits of age and the same age of fix; the mark is that of the
 * oldest fix among them, so that it never looks fresher than any of them.
 */
export class Crowd {
  readonly #clientWorld: ClientWorld;
  /** Key of a place, a kind with its limits of age, and an age → cell. */
  readonly #cells = new Map<number, number>();
  /** By cell: whose mark it is, how old that one's fix is, and for how many it stands. */
  readonly #leaders: number[] = [];
  readonly #leaderAges: number[] = [];
  readonly #people: number[] = [];
  /** Slot → cell. */
  #cellOf = new Int32Array(0);
  #team: TeamId | undefined;
  #count: CrowdCount = { people: 0, marks: 0 };
  #written = { version: -1, cell: 0, seconds: Number.NaN };

  constructor(clientWorld: ClientWorld) {
    this.#clientWorld = clientWorld;
  }

  get count(): CrowdCount {
    return this.#count;
  }

  /** Everybody else steps back; undefined: nobody does. */
  showTeam(team: TeamId | undefined): void {
    this.#team = team;
    this.forget();
  }

  /** What was written does not hold any more. */
  forget(): void {
    this.#written.version = -1;
  }

  /**
   * Before a picture. Does nothing while world and zoom (in steps) are those of the picture before and time has hardly
   * gone on.
   * `pixelsPerUnit`: CSS pixels per Mercator unit.
   */
  write(at: EpochMs, pixelsPerUnit: number, scale: number): void {
    const { version, clock, mercator } = this.#clientWorld;
    const isNear = pixelsPerUnit / mercator.metresPerUnit / scale >= NOBODY_MERGED_FROM;
    // In steps of a half zoom, so that a moving camera does not sort the crowd anew for each picture.
    const cell = isNear ? 0 : 2 ** (Math.ceil(2 * Math.log2((CELL_PIXELS * scale) / pixelsPerUnit)) / 2);
    const seconds = clock.toSeconds(at);
    const written = this.#written;
    const isRecent = Math.abs(seconds - written.seconds) < AGEING_SECONDS;
    if (written.version === version && written.cell === cell && isRecent) return;
    written.version = version;
    written.cell = cell;
    written.seconds = seconds;
    this.#gather(at, cell);
    this.#mark();
  }

  #gather(at: EpochMs, cellSize: number): void {
    const { motion, world } = this.#clientWorld;
    const { table } = motion;
    if (this.#cellOf.length < table.count) this.#cellOf = new Int32Array(table.capacity);
    this.#cells.clear();
    this.#people.length = 0;
    this.#cellOf.fill(NO_CELL);
    if (cellSize === 0) return;
    const { floats, bytes } = table;
    for (let slot = 0; slot < table.count; slot++) {
      const look = slot * MOTION_STRIDE_BYTES + 28;
      const whose = bytes[look] ?? HIDDEN;
      if (whose === HIDDEN || ((bytes[look + 1] ?? 0) & STATE_BITS) !== AVAILABLE) continue;
      if (this.#isShown(world, slot)) continue;
      const age = motion.ageSeconds(slot, at);
      const ageOf = fixAge(age, motion.whose.limitsOf(whose));
      const column = Math.floor((floats[slot * 8 + 2] ?? 0) / cellSize) + 32_768;
      const row = Math.floor((floats[slot * 8 + 3] ?? 0) / cellSize) + 32_768;
      const key =
        ((column * 65_536 + row) * 256 + whose) * 3 + (ageOf === 'fresh' ? 0 : ageOf === 'stale' ? 1 : 2);
      this.#cellOf[slot] = this.#join(key, slot, age);
    }
  }

  /** The cell of this key, which the slot joins or begins. */
  #join(key: number, slot: number, age: number): number {
    const found = this.#cells.get(key);
    if (found === undefined) {
      const cell = this.#people.length;
      this.#cells.set(key, cell);
      this.#people.push(1);
      this.#leaders[cell] = slot;
      this.#leaderAges[cell] = age;
      return cell;
    }
    this.#people[found] = (this.#people[found] ?? 0) + 1;
    if (age > (this.#leaderAges[found] ?? 0)) {
      this.#leaders[found] = slot;
      this.#leaderAges[found] = age;
    }
    return found;
  }

  #mark(): void {
    const { motion, world } = this.#clientWorld;
    const { table } = motion;
    let [people, marks] = [0, 0];
    for (let slot = 0; slot < table.count; slot++) {
      const look = slot * MOTION_STRIDE_BYTES + 28;
      if (table.bytes[look] === HIDDEN) continue;
      people += 1;
      const cell = this.#cellOf[slot] ?? NO_CELL;
      const isLeader = this.#leaders[cell] === slot;
      const merged = cell === NO_CELL ? 0 : isLeader ? mergeSteps(this.#people[cell] ?? 1) : MERGED_AWAY;
      if (merged !== MERGED_AWAY) marks += 1;
      const before = table.bytes[look + 1] ?? 0;
      const back = this.#team !== undefined && !this.#isShown(world, slot) ? STEPS_BACK : 0;
      const now = (before & STATE_BITS) | (merged << MERGE_SHIFT) | back;
      if (now === before) continue;
      table.bytes[look + 1] = now;
      table.touch(slot);
    }
    this.#count = { people, marks };
  }

  #isShown({ positions, responders }: ClientWorld['world'], slot: number): boolean {
    if (this.#team === undefined) return false;
    const id = positions.responderIds[slot];
    return id !== undefined && responders.get(id)?.teamId === this.#team;
  }
}

/** 0 for one; a step for each half of a doubling, at most 14. */
const mergeSteps = (people: number): number => Math.min(14, Math.round(2 * Math.log2(people)));
