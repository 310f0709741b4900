import { fail, ok, type Result } from '../domain/fault.ts';
import { advance, applyEvent } from '../world/fold.ts';
import { setRisk } from '../world/fold-grid.ts';
import { isSaneFix, putFix } from '../world/position-columns.ts';
import type { World } from '../world/world.ts';
import type { SentFrame } from './frame.ts';
import { SlotTrack } from './prediction.ts';
import { forecastSlots } from './slot-forecast.ts';
import { slotsDueAt, slotsOfTurn } from './turns.ts';

interface ResolvedFixes {
  readonly slot: Uint32Array;
  readonly lngE5: Int32Array;
  readonly latE5: Int32Array;
  readonly fixAtSeconds: Float64Array;
}

/**
 * Brings a world to where the frame was cut. All is checked first: a frame that does not fit this world gives
 * a Fault and changes nothing. Frame numbers are the caller's to compare, worlds have none. Answers whose its fixes
 * were: the slot of each row.
 */
export function applyFrame(world: World, frame: SentFrame): Result<Uint32Array> {
  if (frame.at < world.at) return fail('frame.outOfOrder', 'at');
  const resolved = resolveFixes(world, frame);
  if (!resolved.ok) return resolved;
  for (const { source, lastReceivedAt, mode } of frame.sources)
    world.sources.set(source, { lastReceivedAt, mode });
  for (const event of frame.events) applyEvent(world, event);
  const { slot, lngE5, latE5, fixAtSeconds } = resolved.value;
  for (let row = 0; row < slot.length; row += 1)
    putFix(world.positions, slot[row] ?? 0, lngE5[row] ?? 0, latE5[row] ?? 0, fixAtSeconds[row] ?? 0);
  for (const { gridId, level } of frame.risks) setRisk(world, gridId, level);
  world.seq = frame.seq;
  advance(world, frame.at);
  return ok(slot);
}

/** Places and times of the frame's fixes, as they will be once its events are applied. */
function resolveFixes(world: World, frame: SentFrame): Result<ResolvedFixes> {
  const { fixes } = frame;
  const { count, lngResidual, latResidual, ageSeconds } = fixes;
  const slot =
    'slot' in fixes ? fixes.slot : slotsOfTurn(slotsDueAt(world.positions, fixes.turn.atSeconds), fixes);
  if (slot === undefined) return fail('frame.malformed', 'fixes', { reason: 'turn' });
  const slots = forecastSlots(world, frame.events);
  const resolved: ResolvedFixes = {
    slot,
    lngE5: new Int32Array(count),
    latE5: new Int32Array(count),
    fixAtSeconds: new Float64Array(count),
  };
  const atSeconds = Math.floor(frame.at / 1000);
  const track = new SlotTrack();
  let tracked = -1;
  for (let row = 0; row < count; row += 1) {
    const itsSlot = slot[row] ?? 0;
    if (itsSlot !== tracked) {
      if (itsSlot < tracked) return fail('frame.malformed', 'fixes', { reason: 'slots out of order' });
      if (!slots.isHeld(itsSlot)) return fail('frame.malformed', 'fixes', { reason: 'slot of nobody' });
      if (slots.isCleared(itsSlot)) track.clear();
      else track.load(world.positions, itsSlot);
      tracked = itsSlot;
    }
    const fixAtSeconds = atSeconds - (ageSeconds[row] ?? 0);
    if (track.hasFix && fixAtSeconds <= track.fixAtSeconds)
      return fail('frame.malformed', 'fixes', { reason: 'fix older than the one held' });
    track.predict(fixAtSeconds);
    const lngE5 = track.predictedLngE5 + (lngResidual[row] ?? 0);
    const latE5 = track.predictedLatE5 + (latResidual[row] ?? 0);
    if (!isSaneFix(lngE5, latE5, fixAtSeconds))
      return fail('frame.malformed', 'fixes', { reason: 'fix not on earth' });
    track.take(lngE5, latE5, fixAtSeconds);
    resolved.lngE5[row] = lngE5;
    resolved.latE5[row] = latE5;
    resolved.fixAtSeconds[row] = fixAtSeconds;
  }
  return ok(resolved);
}
