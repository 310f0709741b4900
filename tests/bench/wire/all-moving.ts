import type { SourceId } from '@maplewall/shared/domain/ids.ts';
import { epochMs, seqNo } from '@maplewall/shared/domain/units.ts';
import { FrameBuilder } from '@maplewall/shared/frame/frame-builder.ts';
import { emptyWorld } from '@maplewall/shared/world/empty-world.ts';
import { toColumns, WalkingDay } from '../seek/walking-day.ts';
import { WireSizes, type SizesPerUpdate } from './wire-sizes.ts';

const PEOPLE = 2_568;
const BEFORE_SECONDS = 20;
const STARTS_AT_SECONDS = Date.UTC(2026, 10, 20, 11) / 1_000;

/** All 2,568 on duty at once with a fix each five seconds: frames of five hundred fixes, as in a great operation. */
export function allMoving(seed: number, seconds: number): SizesPerUpdate {
  const day = new WalkingDay(PEOPLE, seed, STARTS_AT_SECONDS);
  const world = emptyWorld();
  const builder = new FrameBuilder(world);
  let seq = 0;
  const head = (atSeconds: number) => ({
    seq: seqNo(++seq),
    at: epochMs(atSeconds * 1_000),
    receivedAt: epochMs(atSeconds * 1_000),
    source: 'phones' as SourceId,
    mode: 'Test' as const,
    key: '',
  });
  for (const responderId of day.ids)
    builder.add({
      ...head(STARTS_AT_SECONDS),
      type: 'event',
      event: {
        kind: 'responder.checkedIn',
        responderId,
        responderKind: 'volunteer',
        callSign: responderId,
      },
    });
  let sizes: WireSizes | undefined;
  for (let second = 0; second < BEFORE_SECONDS + seconds; second += 1) {
    const fixes = day.next();
    builder.add({ ...head(fixes.fixAtSeconds), type: 'positions', fixes: toColumns(fixes, day.ids) });
    const frame = builder.cut(epochMs((STARTS_AT_SECONDS + second + 1) * 1_000));
    sizes?.take(frame);
    if (second === BEFORE_SECONDS - 1) sizes = new WireSizes(world, frame.to, true);
  }
  if (sizes === undefined) throw new Error('no second was measured');
  return sizes.perUpdate(world);
}
