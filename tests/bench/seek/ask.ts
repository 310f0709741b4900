import { openBody } from '@maplewall/client/feed/open-body.ts';
import { applyFrame } from '@maplewall/shared/frame/apply-frame.ts';
import { decodeFrame } from '@maplewall/shared/frame/decode-frame.ts';
import { decodeKeyframe } from '@maplewall/shared/frame/keyframe.ts';
import { decodeSegment } from '@maplewall/shared/frame/segment.ts';
import { toE5 } from '@maplewall/shared/domain/units.ts';
import type { World } from '@maplewall/shared/world/world.ts';
import { sure } from '../../support/segments.ts';
import type { BuiltDay } from './build-day.ts';
import { ROW_FORMS, type RowForm, type RowOfFix } from './row-store.ts';
import type { Servers } from './servers.ts';

/** One seek: how long the server worked for its answer, and how long until everybody's place was known. */
export interface Asked<Answer> {
  readonly serverMs: number;
  readonly totalMs: number;
  readonly bytes: number;
  readonly answer: Answer;
}

/** As a screen does: the minute's segment, its keyframe, and the frames up to the second. */
export async function askSegment(servers: Servers, second: number): Promise<Asked<World>> {
  const began = performance.now();
  const bytes = await servers.segment(second);
  const answered = performance.now();
  const segment = sure(decodeSegment(sure(await openBody(bytes))));
  const { world } = sure(decodeKeyframe(segment.keyframe));
  for (const frame of segment.frames.slice(0, (second % 60) + 1))
    sure(applyFrame(world, sure(decodeFrame(frame))));
  const decoded = performance.now();
  return { serverMs: answered - began, totalMs: decoded - began, bytes: bytes.length, answer: world };
}

export function askRows(servers: Servers, form: RowForm, second: number): Asked<readonly RowOfFix[]> {
  const began = performance.now();
  const bytes = servers.rows(form, second);
  const answered = performance.now();
  const answer = JSON.parse(new TextDecoder().decode(bytes)) as readonly RowOfFix[];
  const decoded = performance.now();
  return { serverMs: answered - began, totalMs: decoded - began, bytes: bytes.length, answer };
}

/** @throws where a segment or the rows of a second differ from the truth that was kept while the day was made */
export async function checkSeeks(servers: Servers, day: BuiltDay): Promise<void> {
  const placeOf = new Map(day.ids.map((id, place) => [id, place]));
  for (const [second, truth] of day.truths) {
    const heard = truth.fixAtSeconds.reduce((count, at) => count + (at === 0 ? 0 : 1), 0);
    const expectTruth = (way: string, found: readonly (readonly [id: string, ...Place])[]): void => {
      const right = found.every(([id, lngE5, latE5, fixAtSeconds]) => {
        const place = placeOf.get(id as (typeof day.ids)[number]) ?? -1;
        return (
          lngE5 === truth.lngE5[place] &&
          latE5 === truth.latE5[place] &&
          fixAtSeconds === truth.fixAtSeconds[place]
        );
      });
      if (!right || found.length !== heard) throw new Error(`second ${second} by ${way} is not the truth`);
    };
    const { answer: world } = await askSegment(servers, second);
    const { hasFix, lngE5, latE5, fixAtSeconds } = world.positions;
    const placed = [...world.responders.values()].filter(({ slot }) => hasFix[slot] === 1);
    expectTruth(
      'segments',
      placed.map(({ id, slot }) => [id, lngE5[slot] ?? 0, latE5[slot] ?? 0, fixAtSeconds[slot] ?? 0]),
    );
    for (const form of ROW_FORMS)
      expectTruth(
        `${form} rows`,
        askRows(servers, form, second).answer.map(({ id, lng, lat, at }) => [
          id,
          toE5(lng),
          toE5(lat),
          at / 1_000,
        ]),
      );
  }
}

type Place = readonly [lngE5: number, latE5: number, fixAtSeconds: number];
