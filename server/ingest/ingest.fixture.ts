import type { Result } from '@maplewall/shared/domain/fault.ts';
import type { ResponderId, SourceId } from '@maplewall/shared/domain/ids.ts';
import type { Source } from '../access/source-keys.ts';
import type { MemoryLog } from '../log/memory-log.ts';
import type { EventsAnswer } from './events.ts';
import { BOUNDS, HERE, NOW, silent, type FakeClock } from './gateway.fixture.ts';
import { makeIngest, type Ingest } from './ingest.ts';
import type { PositionsAnswer } from './positions.ts';

export const dispatch: Source = { id: 'dispatch' as SourceId, mode: 'Test', autoCheckIn: false };
export const phones: Source = { id: 'phones' as SourceId, mode: 'Actual', autoCheckIn: true };

/** The door alone, before a log in memory. */
export const ingestInto = (log: MemoryLog, clock: FakeClock, onDuty: readonly string[]): Ingest =>
  makeIngest({ log, clock, bounds: BOUNDS, logger: silent, onDuty: onDuty as readonly ResponderId[] });

export const fix = (over: object = {}): object => ({ responderId: 'r1', ...HERE, fixAt: NOW, ...over });

/** @throws when the body is refused as a whole */
export async function sendFixes(
  ingest: Ingest,
  fixes: readonly object[],
  over: object = {},
  source = dispatch,
): Promise<PositionsAnswer> {
  return valueOf(await ingest.takePositions(source, { fixes, ...over }));
}

/** @throws when the body is refused as a whole */
export async function sendEventTo(
  ingest: Ingest,
  event: object,
  over: object = {},
  source = dispatch,
): Promise<EventsAnswer> {
  return valueOf(
    await ingest.takeEvents(source, { items: [{ key: JSON.stringify(event), at: NOW, event, ...over }] }),
  );
}

export function valueOf<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(`refused: ${JSON.stringify(result.fault)}`);
  return result.value;
}
