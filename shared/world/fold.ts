import type { GridId } from '../domain/ids.ts';
import type { EventRecord, LogRecord, PositionsRecord } from '../domain/record.ts';
import { epochMs, type EpochMs } from '../domain/units.ts';
import { isEnded } from '../rules/incident-states.ts';
import { count, firstKeptHour } from './count.ts';
import { findHazard, resolveHazard, setRisk } from './fold-grid.ts';
import {
  acknowledgeIncident,
  cancelIncident,
  divertIncident,
  forgetIncident,
  mergeIncident,
  receiveIncident,
  reopenIncident,
  reprioritiseIncident,
  stageIncident,
} from './fold-incident.ts';
import { offerOrder, stageOrder } from './fold-order.ts';
import { checkIn, checkOut, reportThrough, type DutyChange } from './fold-responder.ts';
import { isSaneFix, putFix } from './position-columns.ts';
import { KEEP_ENDED_MS, SOURCE_STEP_MS, type World } from './world.ts';

/** What one event did to the world. */
export interface EventEffect {
  /** False when the world is as before: an unknown id, a step back, a repetition. */
  readonly changed: boolean;
  /** Slots that were given out or freed: where their holder was is not known any more. */
  readonly clearedSlots: readonly number[];
  /** Grids whose risk is another one than before. */
  readonly changedGrids: readonly GridId[];
}

const NOTHING: EventEffect = { changed: false, clearedSlots: [], changedGrids: [] };
const CHANGED: EventEffect = { changed: true, clearedSlots: [], changedGrids: [] };
const effect = (changed: boolean): EventEffect => (changed ? CHANGED : NOTHING);

/**
 * Folds one event into the world, in place. Never throws on an odd order of events: what cannot be (a stage of
 * an unknown incident, an illegal move of an order) changes nothing. docs/spec/fold.md has the rules.
 */
export function applyEvent(world: World, record: EventRecord): EventEffect {
  world.seq = record.seq;
  const { event } = record;
  switch (event.kind) {
    case 'incident.received':
      return effect(receiveIncident(world, record, event));
    case 'incident.stage':
      return effect(stageIncident(world, record, event));
    case 'incident.reprioritised':
      return effect(reprioritiseIncident(world, record, event));
    case 'incident.diverted':
      return effect(divertIncident(world, record, event));
    case 'incident.merged':
      return effect(mergeIncident(world, record, event));
    case 'incident.reopened':
      return effect(reopenIncident(world, record, event.incidentId));
    case 'incident.cancelled':
      return effect(cancelIncident(world, record, event.incidentId));
    case 'order.offered':
      return effect(offerOrder(world, record, event));
    case 'order.stage':
      return effect(stageOrder(world, record, event));
    case 'responder.checkedIn':
      return dutyEffect(checkIn(world, record, event));
    case 'responder.checkedOut':
      return dutyEffect(checkOut(world, event.responderId));
    case 'hazard.found':
      return effect(findHazard(world, record, event));
    case 'hazard.resolved':
      return effect(resolveHazard(world, record, event.hazardId));
    case 'service.completed':
      return effect(count(world, 'service', record.at));
    case 'dispute.settled':
      return effect(count(world, 'dispute', record.at));
    case 'request.received':
      return effect(count(world, 'request.received', record.at));
    case 'request.settled':
      return effect(count(world, 'request.settled', record.at));
    case 'grid.risk': {
      const changedGrids = event.risks
        .filter(({ gridId, level }) => setRisk(world, gridId, level))
        .map(({ gridId }) => gridId);
      return { changed: changedGrids.length > 0, clearedSlots: [], changedGrids };
    }
    case 'incident.acknowledged':
      return effect(acknowledgeIncident(world, record, event));
    case 'responder.reportsThrough':
      return effect(reportThrough(world, event));
  }
}

const dutyEffect = ({ changed, slot }: DutyChange): EventEffect =>
  slot < 0 ? effect(changed) : { changed, clearedSlots: [slot], changedGrids: [] };

/** A fix may be this much older than the check-in: the phone measured it while the check-in was on its way. */
const BEFORE_CHECK_IN_MS = 60_000;

/**
 * Takes a fix if its slot is held and it is newer than the one held there (W5); answers whether it did.
 * `lngE5`, `latE5` in hundred-thousandths of a degree.
 */
export function applyFix(
  world: World,
  slot: number,
  lngE5: number,
  latE5: number,
  fixAtSeconds: number,
): boolean {
  const { positions } = world;
  const responderId = positions.responderIds[slot];
  if (responderId === undefined || !isSaneFix(lngE5, latE5, fixAtSeconds)) return false;
  if (positions.hasFix[slot] === 1) {
    // Whoever holds a newer fix holds one from after the check-in, so the check below was made already.
    if (fixAtSeconds <= (positions.fixAtSeconds[slot] ?? 0)) return false;
  } else {
    const checkedInAt = world.responders.get(responderId)?.checkedInAt ?? 0;
    if (fixAtSeconds * 1000 < checkedInAt - BEFORE_CHECK_IN_MS) return false;
  }
  putFix(positions, slot, lngE5, latE5, fixAtSeconds);
  return true;
}

/** Remembers that a record's source was heard; answers whether that is news to the world. */
export function hearSource(world: World, { source, receivedAt, mode }: LogRecord): boolean {
  const lastReceivedAt = epochMs(Math.floor(receivedAt / SOURCE_STEP_MS) * SOURCE_STEP_MS);
  const known = world.sources.get(source);
  if (known?.lastReceivedAt === lastReceivedAt && known.mode === mode) return false;
  world.sources.set(source, { lastReceivedAt, mode });
  return true;
}

/** Takes the fixes of a record, in their order. Fixes of whoever is not on duty are passed over. */
export function applyPositions(world: World, record: PositionsRecord): void {
  world.seq = record.seq;
  const { fixes } = record;
  for (let row = 0; row < fixes.count; row += 1) {
    const responderId = fixes.responders[fixes.who[row] ?? -1];
    const responder = responderId === undefined ? undefined : world.responders.get(responderId);
    if (responder === undefined) continue;
    applyFix(
      world,
      responder.slot,
      fixes.lngE5[row] ?? 0,
      fixes.latE5[row] ?? 0,
      fixes.fixAtSeconds[row] ?? 0,
    );
  }
}

/** Folds any record of the log: its source is heard, then its event or its fixes are applied. */
export function applyRecord(world: World, record: LogRecord): void {
  hearSource(world, record);
  if (record.type === 'event') applyEvent(world, record);
  else applyPositions(world, record);
}

/**
 * Moves the world's clock on, never back (W1). Takes away what ended long ago (W7), also what came late, and
 * counts that are old (W8). Two steps leave the same world as one.
 */
export function advance(world: World, at: EpochMs): void {
  if (at > world.at) world.at = at;
  for (const incident of world.incidents.values()) {
    if (isEnded(incident.state) && (incident.times[incident.state] ?? 0) < world.at - KEEP_ENDED_MS)
      forgetIncident(world, incident);
  }
  const first = firstKeptHour(world.at);
  for (const hour of world.hours.keys()) if (hour < first) world.hours.delete(hour);
}
