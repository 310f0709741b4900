import { Chronicle } from '@maplewall/mock/feed/chronicle.ts';
import { LivePhones, type SentFix } from '@maplewall/mock/feed/live-phones.ts';
import type { Life } from '@maplewall/mock/life/life.ts';
import type { LifeEvent } from '@maplewall/mock/life/records.ts';
import type { ResponderId, SourceId } from '@maplewall/shared/domain/ids.ts';
import { UNKNOWN_U16, UNKNOWN_U8 } from '@maplewall/shared/domain/position.ts';
import type { EventRecord, PositionsRecord } from '@maplewall/shared/domain/record.ts';
import { epochMs, seqNo, toE5 } from '@maplewall/shared/domain/units.ts';
import { FrameBuilder } from '@maplewall/shared/frame/frame-builder.ts';
import { emptyWorld } from '@maplewall/shared/world/empty-world.ts';
import { WireSizes, type SizesPerUpdate } from './wire-sizes.ts';

/** Everybody on duty has sent by then; those who stand about do once a minute. */
const BEFORE_SECONDS = 600;
const SEED = 1;

/**
 * The demo city at an hour of a day of its life, as its feed sends it and as a gateway with a frame each second passes
 * it on. What the ingest would refuse (fixes that come twice) is refused by the fold.
 */
export function demoHour(life: Life, day: number, hour: number, seconds: number): SizesPerUpdate {
  const startsAt = life.calendar.atHour(day, hour);
  const before = startsAt - BEFORE_SECONDS * 1_000;
  const chronicle = Chronicle.from(life, day);
  const world = emptyWorld();
  const builder = new FrameBuilder(world);
  let seq = 0;
  for (const event of chronicle.take(before)) builder.add(eventRecord(event, event.at, ++seq));
  let { to } = builder.cut(epochMs(before));
  const phones = new LivePhones(life, chronicle, SEED, before);
  let sizes: WireSizes | undefined;
  for (let second = 1; second <= BEFORE_SECONDS + seconds; second += 1) {
    const now = before + second * 1_000;
    for (const event of chronicle.take(now)) builder.add(eventRecord(event, now, ++seq));
    const arrived = phones.arrivingUntil(now);
    if (arrived.length > 0) builder.add(positionsRecord(arrived, (fix) => toPlace(life, fix), now, ++seq));
    const frame = builder.cut(epochMs(now));
    to = frame.to;
    sizes?.take(frame);
    if (second === BEFORE_SECONDS) sizes = new WireSizes(world, to, true);
  }
  if (sizes === undefined) throw new Error('no second was measured');
  return sizes.perUpdate(world);
}

const toPlace = ({ pack: { map } }: Life, { x, y }: SentFix) => ({
  lngE5: toE5(map.lngOf(x)),
  latE5: toE5(map.latOf(y)),
});

function eventRecord({ source, key, at, event }: LifeEvent, receivedAt: number, seq: number): EventRecord {
  return {
    type: 'event',
    seq: seqNo(seq),
    at: epochMs(at),
    receivedAt: epochMs(receivedAt),
    source: source as string as SourceId,
    mode: 'Test',
    key,
    event,
  };
}

function positionsRecord(
  fixes: readonly SentFix[],
  placeOf: (fix: SentFix) => { readonly lngE5: number; readonly latE5: number },
  now: number,
  seq: number,
): PositionsRecord {
  const places = fixes.map(placeOf);
  const responders = [...new Set(fixes.map(({ person }) => person.id))];
  const whoOf = new Map<ResponderId, number>(responders.map((id, who) => [id, who]));
  const unknown = new Uint16Array(fixes.length).fill(UNKNOWN_U16);
  return {
    type: 'positions',
    seq: seqNo(seq),
    at: epochMs(Math.min(...fixes.map(({ atSecond }) => atSecond)) * 1_000),
    receivedAt: epochMs(now),
    source: 'demo-positions' as SourceId,
    mode: 'Test',
    key: '',
    fixes: {
      count: fixes.length,
      responders,
      who: Uint32Array.from(fixes, ({ person }) => whoOf.get(person.id) ?? 0),
      lngE5: Int32Array.from(places, ({ lngE5 }) => lngE5),
      latE5: Int32Array.from(places, ({ latE5 }) => latE5),
      fixAtSeconds: Uint32Array.from(fixes, ({ atSecond }) => atSecond),
      deviceAtSeconds: new Uint32Array(fixes.length),
      speed: unknown,
      course: unknown,
      accuracy: unknown,
      battery: new Uint8Array(fixes.length).fill(UNKNOWN_U8),
    },
  };
}
