import type { EventRecord, LogRecord, PositionsRecord } from '../domain/record.ts';
import type { GridId, SourceId } from '../domain/ids.ts';
import { frameNo, type EpochMs, type FrameNo } from '../domain/units.ts';
import { advance, applyEvent, applyFix, hearSource } from '../world/fold.ts';
import type { World } from '../world/world.ts';
import { FixList } from './fix-rows.ts';
import type { Frame } from './frame.ts';
import { SlotTrack } from './prediction.ts';
import { TurnBook } from './turns.ts';

/**
 * Folds records into a world and collects what a frame must carry so that whoever applies it has the same
 * world. Events that change nothing are not carried (the world that a merged frame meets may be one that would
 * take them), and neither are `grid.risk` events: the risks themselves are.
 */
export class FrameBuilder {
  readonly #world: World;
  readonly #track = new SlotTrack();
  readonly #fixes = new FixList();
  #lastFrame: FrameNo;
  #events: EventRecord[] = [];
  readonly #sources = new Set<SourceId>();
  readonly #grids = new Set<GridId>();
  readonly #clearedSlots = new Set<number>();
  readonly #turns: TurnBook;

  /** `lastFrame` is the number of the frame that left this world; the next one begins there. */
  constructor(world: World, lastFrame: FrameNo = frameNo(0)) {
    this.#world = world;
    this.#lastFrame = lastFrame;
    this.#turns = new TurnBook(world.positions);
  }

  /** Events that the next frame would carry. */
  get pendingEvents(): number {
    return this.#events.length;
  }

  /** Folds a record into the world at once and keeps what the next frame must carry of it. */
  add(record: LogRecord): void {
    if (hearSource(this.#world, record)) this.#sources.add(record.source);
    if (record.type === 'event') this.#addEvent(record);
    else this.#addPositions(record);
  }

  #addEvent(record: EventRecord): void {
    const { changed, clearedSlots, changedGrids } = applyEvent(this.#world, record);
    for (const slot of clearedSlots) {
      this.#clearedSlots.add(slot);
      this.#fixes.clearSlot(slot);
    }
    for (const gridId of changedGrids) this.#grids.add(gridId);
    if (changed && record.event.kind !== 'grid.risk') this.#events.push(record);
  }

  #addPositions({ seq, fixes }: PositionsRecord): void {
    const world = this.#world;
    const track = this.#track;
    world.seq = seq;
    for (let row = 0; row < fixes.count; row += 1) {
      const responderId = fixes.responders[fixes.who[row] ?? -1];
      const responder = responderId === undefined ? undefined : world.responders.get(responderId);
      if (responder === undefined) continue;
      const lngE5 = fixes.lngE5[row] ?? 0;
      const latE5 = fixes.latE5[row] ?? 0;
      const fixAtSeconds = fixes.fixAtSeconds[row] ?? 0;
      track.load(world.positions, responder.slot);
      if (!applyFix(world, responder.slot, lngE5, latE5, fixAtSeconds)) continue;
      track.predict(fixAtSeconds);
      this.#fixes.add(
        responder.slot,
        lngE5 - track.predictedLngE5,
        latE5 - track.predictedLatE5,
        fixAtSeconds,
      );
    }
  }

  /** Moves the world's clock to `at` and gives all that it gained since the last frame. */
  cut(at: EpochMs): Frame {
    const world = this.#world;
    advance(world, at);
    const atSeconds = Math.floor(world.at / 1000);
    const fixes = this.#fixes.toRows(atSeconds);
    const frame: Frame = {
      from: this.#lastFrame,
      to: frameNo(this.#lastFrame + 1),
      at: world.at,
      seq: world.seq,
      events: this.#events,
      fixes,
      sources: [...this.#sources].flatMap((source) => {
        const state = world.sources.get(source);
        return state === undefined ? [] : [{ source, ...state }];
      }),
      risks: [...this.#grids].map((gridId) => ({
        gridId,
        level: world.risks.levels[world.risks.indexOf.get(gridId) ?? -1] ?? 0,
      })),
      clearedSlots: [...this.#clearedSlots],
      turn: this.#turns.turnOf(fixes, atSeconds),
    };
    this.#turns.copy(world.positions, frame.clearedSlots);
    this.#turns.copy(world.positions, fixes.slot);
    this.#forget();
    this.#lastFrame = frame.to;
    return frame;
  }

  /** Like `cut`, but throws away what was collected: who watches must get a keyframe of this number. */
  discard(at: EpochMs): FrameNo {
    advance(this.#world, at);
    this.#turns.copyAll(this.#world.positions);
    this.#forget();
    this.#lastFrame = frameNo(this.#lastFrame + 1);
    return this.#lastFrame;
  }

  #forget(): void {
    this.#events = [];
    this.#fixes.clear();
    this.#sources.clear();
    this.#grids.clear();
    this.#clearedSlots.clear();
  }
}
