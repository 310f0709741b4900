import type { IncidentId, ResponderId } from '@maplewall/shared/domain/ids.ts';
import type { Incident } from '@maplewall/shared/domain/incident.ts';
import type { Responder } from '@maplewall/shared/domain/responder.ts';
import type { ClientWorld } from '../../world/client-world.ts';
import { InstanceTable } from '../../world/instance-table.ts';
import { offsetX, offsetY, placeAt } from '../../world/mercator.ts';
import { HIDDEN, MOTION_STRIDE_BYTES } from '../../world/motion.ts';
import { knownWay, placeOnWay, type KnownWay } from './known-way.ts';
import { minutesToGo } from './travel-time.ts';
import type { WaySource } from './way-source.ts';

/** More lines than this would be a net over the city; what is most urgent has one. */
const MOST_WAYS = 64;
/** Who is so far from the way they were shown takes another one. */
const OFF_WAY_METRES = 60;
const ASK_AGAIN_AFTER_MS = 5_000;

/**
 * A row per straight piece, 36 bytes.
 *
 *   float 0, 1  where its beginning glides from     float 2, 3  and to     float 4, 5  its end
 *   float 6, 7  when that glide starts and ends     byte 32     1 for a line across country, drawn dashed
 */
export const LINE_STRIDE_BYTES = 36;
/** As a row of `Motion`, with the minutes to go as float 6 and the goal as floats 7, 8. */
export const HEAD_STRIDE_BYTES = 36;

interface Asked {
  way: KnownWay | undefined;
  /** By the browser's clock; the answer is still to come while `isOpen`. */
  askedAt: number;
  isOpen: boolean;
}

interface Running {
  readonly responder: Responder;
  readonly incident: Incident;
}

export interface OrderWaysOptions {
  readonly clientWorld: ClientWorld;
  readonly source: WaySource;
  /** Rows changed because a way was found. */
  readonly onFound: () => void;
  /** Milliseconds of any clock. */
  readonly now: () => number;
}

/**
 * Who is on the way to which incident, as a line along the streets with the minutes to go. What runs is brought up to
 * date with the world; a way is asked for once and again when somebody leaves it.
 */
export class OrderWays {
  readonly lines = new InstanceTable(LINE_STRIDE_BYTES, 512);
  readonly heads = new InstanceTable(HEAD_STRIDE_BYTES, MOST_WAYS);
  readonly #options: OrderWaysOptions;
  readonly #asked = new Map<string, Asked>();
  readonly #searches = new Set<Promise<void>>();
  #left = 0;

  constructor(options: OrderWaysOptions) {
    this.#options = options;
  }

  /** Running orders that have no line because others are more urgent. */
  get withoutLine(): number {
    return this.#left;
  }

  /** Ways that were asked for and have not come yet. */
  get waiting(): number {
    return this.#searches.size;
  }

  /** Resolves when every way that was asked for is there, or known not to be. */
  async whenFound(): Promise<void> {
    while (this.#searches.size > 0) await Promise.all(this.#searches);
  }

  /** After the world changed, or a way came. */
  write(): void {
    const running = this.#running();
    this.#left = Math.max(0, running.length - MOST_WAYS);
    const keys = new Set<string>();
    this.lines.count = 0;
    this.heads.count = 0;
    for (const each of running.slice(0, MOST_WAYS)) {
      const key = keyOf(each.responder.id, each.incident.id);
      keys.add(key);
      this.#writeOne(key, each);
    }
    for (const key of this.#asked.keys()) if (!keys.has(key)) this.#asked.delete(key);
    this.lines.touchAll();
    this.heads.touchAll();
  }

  dispose(): void {
    this.#options.source.dispose();
  }

  #running(): Running[] {
    const { world, motion } = this.#options.clientWorld;
    // A way would say where somebody is, to the metre.
    if (motion.isCoarse) return [];
    const running: Running[] = [];
    for (const responder of world.responders.values()) {
      if (responder.state !== 'assigned' && responder.state !== 'enRoute') continue;
      const incident = responder.incidentId === '' ? undefined : world.incidents.get(responder.incidentId);
      const kind = motion.table.bytes[responder.slot * MOTION_STRIDE_BYTES + 28];
      if (incident === undefined || responder.slot >= motion.table.count || kind === HIDDEN) continue;
      running.push({ responder, incident });
    }
    return running.toSorted(
      (a, b) => a.incident.priority - b.incident.priority || (a.responder.id < b.responder.id ? -1 : 1),
    );
  }

  #writeOne(key: string, { responder, incident }: Running): void {
    const { motion, mercator } = this.#options.clientWorld;
    const { metresPerUnit } = mercator;
    const row = responder.slot * (MOTION_STRIDE_BYTES / 4);
    const glide = motion.table.floats.subarray(row, row + 6);
    const [x = 0, y = 0] = glide.subarray(2, 4);
    const goalX = offsetX(mercator, incident.lng);
    const goalY = offsetY(mercator, incident.lat);
    const way = this.#asked.get(key)?.way;
    const on = way === undefined ? undefined : placeOnWay(way, x, y, metresPerUnit);
    if (on === undefined || on.offMetres > OFF_WAY_METRES) this.#ask(key, x, y, incident);
    let metres = Math.hypot(goalX - x, goalY - y) * metresPerUnit;
    if (way === undefined || on === undefined) this.#piece(glide, goalX, goalY, true);
    else {
      this.#piece(glide, on.x, on.y, false);
      let [atX, atY] = [on.x, on.y];
      for (let point = on.next; point * 2 < way.points.length; point++) {
        const [nextX = 0, nextY = 0] = way.points.subarray(point * 2, point * 2 + 2);
        this.#piece([atX, atY, atX, atY, 0, 0], nextX, nextY, false);
        [atX, atY] = [nextX, nextY];
      }
      this.#piece([atX, atY, atX, atY, 0, 0], goalX, goalY, false);
      const fromStreet = Math.hypot(goalX - atX, goalY - atY) * metresPerUnit;
      metres = on.offMetres + on.metresToGo + fromStreet;
    }
    this.#head(glide, minutesToGo(responder.kind, metres), goalX, goalY);
  }

  #piece(glide: ArrayLike<number>, endX: number, endY: number, isDashed: boolean): void {
    const row = this.lines.count;
    this.lines.reserve(row + 1);
    this.lines.count = row + 1;
    const at = row * (LINE_STRIDE_BYTES / 4);
    const { floats, bytes } = this.lines;
    for (let column = 0; column < 4; column++) floats[at + column] = glide[column] ?? 0;
    floats[at + 4] = endX;
    floats[at + 5] = endY;
    floats[at + 6] = glide[4] ?? 0;
    floats[at + 7] = glide[5] ?? 0;
    bytes[row * LINE_STRIDE_BYTES + 32] = isDashed ? 1 : 0;
  }

  #head(glide: ArrayLike<number>, minutes: number, goalX: number, goalY: number): void {
    const row = this.heads.count;
    this.heads.count = row + 1;
    const at = row * (HEAD_STRIDE_BYTES / 4);
    for (let column = 0; column < 6; column++) this.heads.floats[at + column] = glide[column] ?? 0;
    this.heads.floats[at + 6] = minutes;
    this.heads.floats[at + 7] = goalX;
    this.heads.floats[at + 8] = goalY;
  }

  #ask(key: string, x: number, y: number, { lng, lat }: Incident): void {
    const { clientWorld, source, onFound, now } = this.#options;
    const before = this.#asked.get(key);
    if (before?.isOpen === true || (before !== undefined && now() - before.askedAt < ASK_AGAIN_AFTER_MS))
      return;
    const asked: Asked = { way: before?.way, askedAt: now(), isOpen: true };
    this.#asked.set(key, asked);
    const { mercator } = clientWorld;
    const search = source.find(placeAt(mercator, x, y), { lng, lat }).then((points) => {
      this.#searches.delete(search);
      asked.isOpen = false;
      if (points === undefined) return;
      const offsets = points.map((degrees, index) =>
        index % 2 === 0 ? offsetX(mercator, degrees) : offsetY(mercator, degrees),
      );
      asked.way = knownWay(offsets, mercator.metresPerUnit);
      if (this.#asked.get(key) !== asked) return;
      this.write();
      onFound();
    });
    this.#searches.add(search);
  }
}

const keyOf = (responder: ResponderId, incident: IncidentId): string => `${responder} ${incident}`;
