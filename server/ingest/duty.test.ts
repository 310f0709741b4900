import { describe, expect, it } from 'vitest';
import type { ResponderId, SourceId } from '@maplewall/shared/domain/ids.ts';
import { systemClock } from '../clock.ts';
import { memoryLog } from '../log/memory-log.ts';
import { Duty } from './duty.ts';
import { OFF_DUTY, ON_DUTY, ResponderTable } from './responder-table.ts';

/** Beyond two doublings of the table's columns. */
const MANY = 2_600;
const names = Array.from({ length: MANY }, (_, index) => `V-${index}`);

describe('who is on duty', () => {
  it('is known of everybody, also of those at whose check-in the table grew', () => {
    const table = new ResponderTable();
    const duty = new Duty(memoryLog(), systemClock, table, []);
    for (const responderId of names)
      duty.apply({
        kind: 'responder.checkedIn',
        responderId: responderId as ResponderId,
        responderKind: 'volunteer',
        callSign: responderId,
      });
    expect(names.filter((name) => table.duty[table.find(name)] !== ON_DUTY)).toEqual([]);
  });

  it('[ING10] newcomers are all checked in, also those at whom the table grew', async () => {
    const table = new ResponderTable();
    const duty = new Duty(memoryLog(), systemClock, table, []);
    const source = { id: 'phones' as SourceId, mode: 'Actual', autoCheckIn: true } as const;
    await duty.checkIn(
      source,
      'Actual',
      names.map((responderId) => ({ responderId, callSign: responderId, fixAtMs: systemClock.now() })),
    );
    expect(names.filter((name) => table.duty[table.find(name)] !== ON_DUTY)).toEqual([]);
  });

  it('[ING10] keeps on duty who was checked in by an event while the phone asked a second time', async () => {
    const log = memoryLog();
    const source = { id: 'phones' as SourceId, mode: 'Actual', autoCheckIn: true } as const;
    const newcomer = { responderId: 'p', callSign: 'P', fixAtMs: systemClock.now() };
    await new Duty(log, systemClock, new ResponderTable(), []).checkIn(source, 'Actual', [newcomer]);
    const table = new ResponderTable();
    const duty = new Duty(log, systemClock, table, []);
    const asking = duty.checkIn(source, 'Actual', [newcomer]);
    duty.apply({
      kind: 'responder.checkedIn',
      responderId: 'p' as ResponderId,
      responderKind: 'volunteer',
      callSign: 'P',
    });
    await asking;
    expect(table.duty[table.find('p')]).toBe(ON_DUTY);
  });

  it('[ING10] goes by the order of the log: who is checked out while the check-in is written stays off duty', async () => {
    const log = memoryLog();
    const table = new ResponderTable();
    const duty = new Duty(log, systemClock, table, []);
    const source = { id: 'phones' as SourceId, mode: 'Actual', autoCheckIn: true } as const;
    const at = systemClock.now();
    const event = { kind: 'responder.checkedOut', responderId: 'p' as ResponderId } as const;
    const asking = duty.checkIn(source, 'Actual', [{ responderId: 'p', callSign: 'P', fixAtMs: at }]);
    const leaving = async (): Promise<void> => {
      await log.append([
        { type: 'event', at, receivedAt: at, source: source.id, mode: 'Actual', key: 'out', event },
      ]);
      duty.apply(event);
    };
    await Promise.all([asking, leaving()]);
    expect(table.duty[table.find('p')]).toBe(OFF_DUTY);
  });
});
