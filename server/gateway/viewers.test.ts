import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setImmediate as turn } from 'node:timers/promises';
import { inflateRawSync } from 'node:zlib';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { LogRecord, RecordDraft } from '@maplewall/shared/domain/record.ts';
import { epochMs, frameNo, type FrameNo } from '@maplewall/shared/domain/units.ts';
import type { Result } from '@maplewall/shared/domain/fault.ts';
import { applyFrame } from '@maplewall/shared/frame/apply-frame.ts';
import { decodeFrame } from '@maplewall/shared/frame/decode-frame.ts';
import { frameKind } from '@maplewall/shared/frame/frame-kind.ts';
import { decodeKeyframe } from '@maplewall/shared/frame/keyframe.ts';
import { openEnvelope } from '@maplewall/shared/wire/envelope.ts';
import { ARBITRARY_START, arbitraryRecords } from '@maplewall/shared/world/records.arbitrary.ts';
import { emptyWorld } from '@maplewall/shared/world/empty-world.ts';
import { worldHash } from '@maplewall/shared/world/world-hash.ts';
import type { World } from '@maplewall/shared/world/world.ts';
import { memoryLog, type MemoryLog } from '../log/memory-log.ts';
import { eventDraft } from '../log/record-drafts.fixture.ts';
import { WorldKeeper } from '../projection/world-keeper.ts';
import { EncodeOnce } from './encode-once.ts';
import { CREDIT_FRAMES } from './viewer.ts';
import { Viewers } from './viewers.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'maplewall-viewers-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

function sure<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(JSON.stringify(result.fault));
  return result.value;
}

/** A viewer at the end of a line that keeps what it is sent until it looks at it. */
class Watcher {
  readonly id: string;
  world: World = emptyWorld();
  held: FrameNo = frameNo(0);
  /** What it will hold when it has drawn all that was sent. */
  sent: FrameNo = frameNo(0);
  inbox: Uint8Array[] = [];
  inStep = false;
  readonly kinds: string[] = [];
  constructor(id: string) {
    this.id = id;
  }

  /** Applies the next messages and gives their numbers, to be answered. */
  draw(most: number): FrameNo[] {
    return this.inbox.splice(0, most).map((envelope) => {
      const { deflated, body } = sure(openEnvelope(envelope));
      const bytes = deflated ? new Uint8Array(inflateRawSync(body)) : body;
      const kind = frameKind(bytes) ?? 'nothing';
      this.kinds.push(kind);
      if (kind === 'keyframe') {
        const keyframe = sure(decodeKeyframe(bytes));
        this.world = keyframe.world;
        this.held = keyframe.frame;
      } else {
        const frame = sure(decodeFrame(bytes));
        // Never a frame that does not follow what is held.
        if (frame.from !== this.held) throw new Error(`${frame.from} does not follow ${this.held}`);
        sure(applyFrame(this.world, frame));
        this.held = frame.to;
      }
      return this.held;
    });
  }
}

/** A gateway without a socket: the real keeper, encoder and viewers over a log in memory. */
class Room {
  readonly log: MemoryLog;
  readonly keeper: WorldKeeper;
  readonly viewers: Viewers;
  readonly watchers = new Map<string, Watcher>();
  broadcasts: Uint8Array[] = [];
  sends: { readonly from: FrameNo; readonly envelope: Uint8Array }[] = [];
  #now = ARBITRARY_START;
  #unanswered = new Map<string, number>();

  constructor(log: MemoryLog, keeper: WorldKeeper) {
    this.log = log;
    this.keeper = keeper;
    this.viewers = new Viewers(new EncodeOnce(keeper), (envelope) => {
      this.broadcasts.push(envelope);
      for (const watcher of this.watchers.values()) if (watcher.inStep) this.#deliver(watcher, envelope);
    });
  }

  static async open(): Promise<Room> {
    const log = memoryLog();
    return new Room(log, await WorldKeeper.open(log, join(folder, 'none.snapshot')));
  }

  join(id: string, held?: { readonly frame: FrameNo; readonly world: World }): Watcher {
    const watcher = new Watcher(id);
    if (held !== undefined) {
      watcher.held = held.frame;
      watcher.sent = held.frame;
      watcher.world = held.world;
    }
    this.watchers.set(id, watcher);
    this.#unanswered.set(id, 0);
    this.viewers.add(id, held?.frame, {
      send: (envelope) => {
        this.sends.push({ from: watcher.sent, envelope });
        this.#deliver(watcher, envelope);
      },
      setInStep: (inStep) => {
        watcher.inStep = inStep;
      },
    });
    return watcher;
  }

  leave(id: string): Watcher | undefined {
    const watcher = this.watchers.get(id);
    this.watchers.delete(id);
    this.viewers.remove(id);
    return watcher;
  }

  #deliver(watcher: Watcher, envelope: Uint8Array): void {
    watcher.inbox.push(envelope);
    watcher.sent = this.keeper.lastFrame;
    const unanswered = (this.#unanswered.get(watcher.id) ?? 0) + 1;
    this.#unanswered.set(watcher.id, unanswered);
    if (unanswered > CREDIT_FRAMES) throw new Error(`${watcher.id} has ${unanswered} messages to answer`);
  }

  answer(watcher: Watcher, most = Number.POSITIVE_INFINITY): void {
    const drawn = watcher.draw(most);
    for (const frame of drawn) this.viewers.drawn(watcher.id, frame);
    this.#unanswered.set(watcher.id, (this.#unanswered.get(watcher.id) ?? 0) - drawn.length);
  }

  async take(drafts: readonly RecordDraft[]): Promise<void> {
    await this.log.append(drafts);
    while (this.keeper.world.seq < this.log.lastSeq()) await turn();
    this.#now = Math.max(this.#now, ...drafts.map(({ receivedAt }) => receivedAt));
  }

  cut(): void {
    this.broadcasts = [];
    this.sends = [];
    this.#now += 1_000;
    this.viewers.onCut(this.keeper.cut(epochMs(this.#now)));
  }

  get hash(): string {
    return worldHash(this.keeper.world);
  }
}

const draftOf = (record: LogRecord): RecordDraft => record;

const second = fc.record({
  records: fc.nat(6),
  /** How many messages each of four viewers draws and answers; now and then one goes and comes back. */
  draws: fc.array(fc.oneof(fc.constantFrom(0, 0, 9), fc.nat(3)), { minLength: 4, maxLength: 4 }),
  leaves: fc.oneof({ weight: 11, arbitrary: fc.constant(null) }, { weight: 1, arbitrary: fc.nat(3) }),
  forgets: fc.boolean(),
});

describe('viewers of one gateway', () => {
  it('[VWR2] [VWR4] end with one and the same world, whoever stalled, left or came back', async () => {
    await fc.assert(
      fc.asyncProperty(arbitraryRecords(60), fc.array(second, { maxLength: 30 }), async (given, seconds) => {
        const room = await Room.open();
        for (let index = 0; index < 4; index += 1) room.join(String(index));
        const records = given.map(draftOf);
        for (const { records: count, draws, leaves, forgets } of seconds) {
          await room.take(records.splice(0, count));
          room.cut();
          // However many watch, one frame and one way to catch up from each place are made.
          expect(room.broadcasts.length).toBeLessThanOrEqual(1);
          const ways = new Map(room.sends.map(({ from, envelope }) => [from, envelope]));
          for (const { from, envelope } of room.sends) expect(ways.get(from)).toBe(envelope);
          for (const watcher of room.watchers.values()) room.answer(watcher, draws[Number(watcher.id)]);
          if (leaves === null) continue;
          const gone = room.leave(String(leaves));
          if (gone !== undefined)
            room.join(gone.id, forgets ? undefined : { frame: gone.held, world: gone.world });
        }
        await room.take(records);
        for (let more = 0; more < 3; more += 1) {
          for (const watcher of room.watchers.values()) room.answer(watcher);
          room.cut();
        }
        for (const watcher of room.watchers.values()) {
          room.answer(watcher);
          expect(watcher.held).toBe(room.keeper.lastFrame);
          expect(worldHash(watcher.world)).toBe(room.hash);
        }
      }),
      { seed: 20_261_123, numRuns: 80 },
    );
  });

  it('cost one encoding and one broadcast a frame, one or a thousand of them', async () => {
    const room = await Room.open();
    for (let index = 0; index < 1_000; index += 1) room.join(`v${index}`);
    const made: number[] = [];
    for (let frame = 0; frame < 20; frame += 1) {
      await room.take([{ ...eventDraft(`k${frame}`), receivedAt: epochMs(ARBITRARY_START + frame) }]);
      room.cut();
      made.push(new Set([...room.broadcasts, ...room.sends.map(({ envelope }) => envelope)]).size);
      expect(room.broadcasts.length + new Set(room.sends.map(({ envelope }) => envelope)).size).toBe(1);
      for (const watcher of room.watchers.values()) room.answer(watcher);
    }
    expect(made).toEqual(Array.from({ length: 20 }, () => 1));
    // The first one brought a keyframe to each, all others came by broadcast.
    expect(room.watchers.get('v0')?.kinds).toEqual([
      'keyframe',
      ...Array.from({ length: 19 }, () => 'frame'),
    ]);
  });

  it('[VWR3] that missed a few frames get them merged into one, and after more than are kept a keyframe', async () => {
    const room = await Room.open();
    const short = room.join('short');
    const long = room.join('long');
    for (let frame = 0; frame < CREDIT_FRAMES; frame += 1) room.cut();
    room.cut();
    room.cut();
    expect([short.inbox.length, long.inbox.length]).toEqual([CREDIT_FRAMES, CREDIT_FRAMES]);
    room.answer(short);
    room.cut();
    expect(short.inbox).toHaveLength(1);
    room.answer(short);
    expect(short.kinds).toEqual(['keyframe', 'frame', 'frame', 'frame', 'frame']);
    expect(short.held).toBe(CREDIT_FRAMES + 3);
    for (let frame = 0; frame < 130; frame += 1) room.cut();
    room.answer(long);
    room.cut();
    room.answer(long);
    expect(long.kinds).toEqual(['keyframe', 'frame', 'frame', 'frame', 'keyframe']);
    expect(worldHash(long.world)).toBe(room.hash);
  });

  it('all get a keyframe after a second with more events than a frame carries', async () => {
    const room = await Room.open();
    const one = room.join('one');
    room.cut();
    room.answer(one);
    await room.take(
      Array.from({ length: 2_500 }, (_, index): RecordDraft => {
        const event = {
          kind: 'responder.checkedIn',
          responderId: `r${index}`,
          responderKind: 'sentry',
          callSign: `S${index}`,
        };
        return { ...eventDraft(`k${index}`), event } as RecordDraft;
      }),
    );
    const left = { frame: one.held, world: one.world };
    room.cut();
    const back = room.join('back', left);
    room.cut();
    for (const watcher of [one, back]) {
      room.answer(watcher);
      expect(worldHash(watcher.world)).toBe(room.hash);
      expect(watcher.kinds).toContain('keyframe');
    }
    expect(one.world.responders.size).toBe(2_500);
  });

  it('are counted, those that wait for their answer apart', async () => {
    const room = await Room.open();
    const prompt = room.join('prompt');
    room.join('stalled');
    for (let frame = 0; frame < 5; frame += 1) {
      room.cut();
      room.answer(prompt);
    }
    expect([room.viewers.count, room.viewers.waiting]).toEqual([2, 1]);
    room.leave('stalled');
    expect([room.viewers.count, room.viewers.waiting]).toEqual([1, 0]);
  });
});
