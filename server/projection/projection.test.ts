import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setImmediate as turn } from 'node:timers/promises';
import fc from 'fast-check';
import { pino } from 'pino';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import type { LogRecord, RecordDraft } from '@maplewall/shared/domain/record.ts';
import { epochMs, frameNo, lat, lng } from '@maplewall/shared/domain/units.ts';
import { applyFrame } from '@maplewall/shared/frame/apply-frame.ts';
import { decodeKeyframe, encodeKeyframe } from '@maplewall/shared/frame/keyframe.ts';
import { emptyWorld } from '@maplewall/shared/world/empty-world.ts';
import { ARBITRARY_START, arbitraryRecords } from '@maplewall/shared/world/records.arbitrary.ts';
import { worldHash } from '@maplewall/shared/world/world-hash.ts';
import type { World } from '@maplewall/shared/world/world.ts';
import { memoryLog, type MemoryLog } from '../log/memory-log.ts';
import { eventDraft } from '../log/record-drafts.fixture.ts';
import { FrameCutter } from './frame-cutter.ts';
import { WorldKeeper } from './world-keeper.ts';

let folder: string;
let files = 0;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'maplewall-projection-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));
afterEach(() => {
  vi.useRealTimers();
});

const snapshotFile = (): string => join(folder, String((files += 1)), 'world.snapshot');
const asDraft = (record: LogRecord): RecordDraft => record;

async function fed(keeper: WorldKeeper, log: MemoryLog, records: readonly LogRecord[]): Promise<void> {
  await log.append(records.map(asDraft));
  while (keeper.world.seq < log.lastSeq()) await turn();
}
const copyOf = (world: World): World => {
  const copy = decodeKeyframe(encodeKeyframe(world, frameNo(0)));
  if (!copy.ok) throw new Error(copy.fault.code);
  return copy.value.world;
};

describe('the world that the projection keeps', () => {
  it('is after a restart what it was before, from a snapshot of any moment and the rest of the log', async () => {
    await fc.assert(
      fc.asyncProperty(arbitraryRecords(60), fc.nat(60), async (records, saved) => {
        const log = memoryLog();
        const file = snapshotFile();
        const keeper = await WorldKeeper.open(log, file);
        const at = epochMs(records.at(-1)?.receivedAt ?? ARBITRARY_START);
        await fed(keeper, log, records.slice(0, saved));
        await keeper.saveSnapshot();
        await fed(keeper, log, records.slice(saved));
        keeper.cut(at);
        const back = await WorldKeeper.open(log, file);
        back.cut(at);
        expect(worldHash(back.world)).toBe(worldHash(keeper.world));
        expect(back.run).not.toBe(keeper.run);
        await keeper.stop();
        await back.stop();
      }),
      { seed: 20_261_132, numRuns: 60 },
    );
  });

  it('is read from the log alone when the snapshot is damaged, or is ahead of the log', async () => {
    const log = memoryLog();
    const file = snapshotFile();
    const keeper = await WorldKeeper.open(log, file);
    await log.append([eventDraft('a'), eventDraft('b')]);
    while (keeper.world.seq < log.lastSeq()) await turn();
    await keeper.stop();
    const whole = await readFile(file);
    for (const bytes of [whole.subarray(0, 5), Buffer.from('nonsense'), Buffer.alloc(0), whole.subarray(3)]) {
      await writeFile(file, bytes);
      expect((await WorldKeeper.open(log, file)).world.seq).toBe(2);
    }
    await writeFile(file, whole);
    const shorter = memoryLog();
    await shorter.append([eventDraft('a')]);
    expect((await WorldKeeper.open(shorter, file)).world.seq).toBe(1);
  });

  it('is after the loss of the snapshot what it was before, also of what ended long before it was told of again', async () => {
    const log = memoryLog();
    const file = snapshotFile();
    const keeper = await WorldKeeper.open(log, file);
    const incident = { kind: 'incident.received', incidentId: 'J-1', category: 'help', priority: 3 } as const;
    const told = [
      { ...incident, lng: lng(120.5), lat: lat(27.5), place: 'x' },
      { kind: 'incident.stage', incidentId: 'J-1', stage: 'closed' },
      { kind: 'incident.reopened', incidentId: 'J-1' },
    ] as const;
    for (const [hours, event] of told.entries()) {
      const at = epochMs(ARBITRARY_START + hours * 2 * 3_600_000);
      keeper.cut(at);
      await log.append([{ ...eventDraft(`k${hours}`), at, receivedAt: at, event } as RecordDraft]);
      while (keeper.world.seq < log.lastSeq()) await turn();
    }
    const back = await WorldKeeper.open(log, file);
    expect(back.world.incidents.size).toBe(0);
    expect(worldHash(back.world)).toBe(worldHash(keeper.world));
  });

  it('can be saved while it is being saved; a whole file is there at the end, and nothing beside it', async () => {
    const log = memoryLog();
    const file = snapshotFile();
    const keeper = await WorldKeeper.open(log, file);
    await log.append(Array.from({ length: 50 }, (_, index) => eventDraft(`k${index}`)));
    await Promise.all([...Array.from({ length: 10 }, () => keeper.saveSnapshot()), keeper.stop()]);
    expect(await readdir(join(file, '..'))).toEqual(['world.snapshot']);
    expect((await WorldKeeper.open(log, file)).world.seq).toBe(50);
  });

  it('is joined to what a viewer holds by the frames of two minutes, and by none that are older', async () => {
    const log = memoryLog();
    const keeper = await WorldKeeper.open(log, snapshotFile());
    const worlds = [emptyWorld()];
    for (let frame = 1; frame <= 150; frame += 1) {
      await log.append([eventDraft(`k${frame}`)]);
      while (keeper.world.seq < log.lastSeq()) await turn();
      keeper.cut(epochMs(ARBITRARY_START + frame * 1_000));
      worlds.push(copyOf(keeper.world));
    }
    for (const held of [30, 31, 100, 149]) {
      const missed = keeper.recent.since(frameNo(held));
      const world = worlds[held];
      if (missed === undefined || world === undefined) throw new Error(`nothing joins ${held}`);
      expect([missed.from, missed.to]).toEqual([held, 150]);
      expect(applyFrame(world, missed)).toMatchObject({ ok: true });
      expect(worldHash(world)).toBe(worldHash(keeper.world));
    }
    for (const held of [0, 29, 150, 999]) expect(keeper.recent.since(frameNo(held))).toBeUndefined();
  });
});

describe('the cutter', () => {
  async function makeCutter() {
    vi.useFakeTimers({ now: ARBITRARY_START + 250 });
    const keeper = await WorldKeeper.open(memoryLog(), snapshotFile());
    const cutter = new FrameCutter(keeper, { now: () => epochMs(Date.now()) }, pino({ level: 'silent' }));
    const cuts: number[] = [];
    cutter.onCut(() => cuts.push(Date.now() - ARBITRARY_START));
    return { keeper, cutter, cuts };
  }

  it('cuts at each full second, and goes on when a listener throws', async () => {
    const { cutter, cuts } = await makeCutter();
    cutter.onCut(() => {
      throw new Error('a listener that fails');
    });
    let after = 0;
    cutter.onCut(() => (after += 1));
    cutter.start();
    vi.advanceTimersByTime(5_000);
    expect(cuts).toEqual([1_000, 2_000, 3_000, 4_000, 5_000]);
    expect(after).toBe(5);
    cutter.stop();
    vi.advanceTimersByTime(5_000);
    expect(cuts).toHaveLength(5);
  });

  it('says of a frame of a full second that second, however late the machine comes to it', async () => {
    const { keeper, cutter } = await makeCutter();
    const times: number[] = [];
    cutter.onCut(() => times.push(keeper.world.at - ARBITRARY_START));
    cutter.start();
    vi.advanceTimersByTime(700);
    vi.setSystemTime(Date.now() + 30);
    vi.advanceTimersByTime(1_050);
    cutter.cutNow();
    expect(times).toEqual([1_000, 2_000, 2_030]);
    cutter.stop();
  });

  it('cuts sooner for whoever comes, but not more often than five times a second, however many come', async () => {
    const { cutter, cuts } = await makeCutter();
    cutter.start();
    for (let ms = 0; ms < 2_000; ms += 10) {
      cutter.cutSoon();
      vi.advanceTimersByTime(10);
    }
    cutter.stop();
    expect(cuts.length).toBeLessThanOrEqual(13);
    expect(cuts.length).toBeGreaterThanOrEqual(8);
  });
});
