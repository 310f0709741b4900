import type { TeamId } from '@maplewall/shared/domain/ids.ts';
import type { EpochMs } from '@maplewall/shared/domain/units.ts';
import { RESPONDER_KINDS, RESPONDER_STATES } from '@maplewall/shared/domain/responder.ts';
import { fixAge, type AgeLimitsByKind } from '../world/ageing.ts';
import type { ClientWorld } from '../world/client-world.ts';
import {
  HIDDEN_KIND,
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

interface Cell {
  leader: number;
  leaderAge: number;
  people: number;
}

/**
 * Draws a crowd as fewer, larger marks where single ones would lie upon each other, and lets everybody but one team
 * step back on demand. Only those who wait are merged, only with the same kind and the same age of fix; the mark is that of the
 * oldest fix among them, so that it never looks fresher than any of them.
 */
export class Crowd {
  readonly #clientWorld: ClientWorld;
  readonly #ageLimits: AgeLimitsByKind;
  readonly #cells = new Map<number, Cell>();
  #cellOf = new Float64Array(0);
  #team: TeamId | undefined;
  #count: CrowdCount = { people: 0, marks: 0 };
  #written = { version: -1, cell: 0, seconds: Number.NaN };

  constructor(clientWorld: ClientWorld, ageLimits: AgeLimitsByKind) {
    this.#clientWorld = clientWorld;
    this.#ageLimits = ageLimits;
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
   * Before a picture. Does nothing while world, zoom (in steps) and the shown second are those of the picture before.
   * `pixelsPerUnit`: CSS pixels per Mercator unit.
   */
  write(at: EpochMs, pixelsPerUnit: number, scale: number): void {
    const { version, clock, mercator } = this.#clientWorld;
    const isNear = pixelsPerUnit / mercator.metresPerUnit / scale >= NOBODY_MERGED_FROM;
    // In steps of a half zoom, so that a moving camera does not sort the crowd anew for each picture.
    const cell = isNear ? 0 : 2 ** (Math.ceil(2 * Math.log2((CELL_PIXELS * scale) / pixelsPerUnit)) / 2);
    const seconds = Math.floor(clock.toSeconds(at));
    const written = this.#written;
    if (written.version === version && written.cell === cell && written.seconds === seconds) return;
    written.version = version;
    written.cell = cell;
    written.seconds = seconds;
    this.#gather(at, cell);
    this.#mark();
  }

  #gather(at: EpochMs, cell: number): void {
    const { motion, world } = this.#clientWorld;
    const { table } = motion;
    if (this.#cellOf.length < table.count) this.#cellOf = new Float64Array(table.capacity);
    this.#cells.clear();
    const { floats, bytes } = table;
    for (let slot = 0; slot < table.count; slot++) {
      const look = slot * MOTION_STRIDE_BYTES + 28;
      const kind = bytes[look] ?? HIDDEN_KIND;
      this.#cellOf[slot] = -1;
      if (cell === 0 || kind === HIDDEN_KIND) continue;
      if (((bytes[look + 1] ?? 0) & STATE_BITS) !== AVAILABLE || this.#isShown(world, slot)) continue;
      const age = motion.ageSeconds(slot, at);
      const name = RESPONDER_KINDS[kind] ?? 'volunteer';
      const ageOf = fixAge(age, this.#ageLimits[name]);
      const column = Math.floor((floats[slot * 8 + 2] ?? 0) / cell) + 32_768;
      const row = Math.floor((floats[slot * 8 + 3] ?? 0) / cell) + 32_768;
      const key =
        ((column * 65_536 + row) * 4 + kind) * 3 + (ageOf === 'fresh' ? 0 : ageOf === 'stale' ? 1 : 2);
      this.#cellOf[slot] = key;
      const found = this.#cells.get(key);
      if (found === undefined) {
        this.#cells.set(key, { leader: slot, leaderAge: age, people: 1 });
        continue;
      }
      found.people += 1;
      if (age <= found.leaderAge) continue;
      found.leader = slot;
      found.leaderAge = age;
    }
  }

  #mark(): void {
    const { motion, world } = this.#clientWorld;
    const { table } = motion;
    let [people, marks] = [0, 0];
    for (let slot = 0; slot < table.count; slot++) {
      const look = slot * MOTION_STRIDE_BYTES + 28;
      if (table.bytes[look] === HIDDEN_KIND) continue;
      people += 1;
      const cell = this.#cells.get(this.#cellOf[slot] ?? -1);
      const merged = cell === undefined ? 0 : cell.leader === slot ? mergeSteps(cell.people) : MERGED_AWAY;
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
    const id = positions.responderIds[slot];
    return this.#team !== undefined && id !== undefined && responders.get(id)?.teamId === this.#team;
  }
}

/** 0 for one; a step for each half of a doubling, at most 14. */
const mergeSteps = (people: number): number => Math.min(14, Math.round(2 * Math.log2(people)));
