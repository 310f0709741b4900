import type { IncidentId, OrderId, ResponderId } from '@maplewall/shared/domain/ids.ts';
import { epochMs, type EpochMs } from '@maplewall/shared/domain/units.ts';
import { describe, expect, it } from 'vitest';
import { ClientWorld } from '../../world/client-world.ts';
import { offsetX } from '../../world/mercator.ts';
import { CENTRE, EVENING, SmallCity } from '../../world/small-city.ts';
import { OrderWays } from './order-ways.ts';
import type { Place } from './way-messages.ts';

const METRE = 1 / 111_195;
const after = (seconds: number): EpochMs => epochMs(EVENING + seconds * 1_000);
const north = (metres: number): Place => ({ lng: CENTRE.lng, lat: CENTRE.lat + metres * METRE });

/** An officer and an incident 460 m to the north; `answer` is the way that the streets have, in metres east and north. */
class Call {
  readonly city = new SmallCity();
  readonly clientWorld = new ClientWorld({ city: { centre: CENTRE }, now: () => this.shown });
  readonly asked: Place[] = [];
  readonly ways: OrderWays;
  shown = EVENING;
  ms = 0;
  found = 0;
  answer: readonly (readonly [number, number])[] | undefined;

  constructor() {
    this.city.checksIn(after(-10), 'P1', 'officer');
    this.city.seen(after(-1), [{ id: 'P1', ...north(0) }]);
    this.city.happens(EVENING, {
      kind: 'incident.received',
      incidentId: 'I1' as IncidentId,
      category: 'help',
      priority: 2,
      lng: CENTRE.lng,
      lat: north(460).lat as typeof CENTRE.lat,
      place: 'x',
    });
    this.city.happens(EVENING, {
      kind: 'order.offered',
      orderId: 'O1' as OrderId,
      incidentId: 'I1' as IncidentId,
      responderId: 'P1' as ResponderId,
    });
    this.clientWorld.onBatch(this.city.keyframe(EVENING));
    this.ways = new OrderWays({
      clientWorld: this.clientWorld,
      source: {
        find: async (from) => {
          this.asked.push(from);
          return this.answer === undefined
            ? undefined
            : Float64Array.from(
                this.answer.flatMap(([x, y]) => [
                  CENTRE.lng + (x * METRE) / Math.cos((CENTRE.lat * Math.PI) / 180),
                  north(y).lat,
                ]),
              );
        },
        dispose: () => undefined,
      },
      onFound: () => {
        this.found += 1;
      },
      now: () => this.ms,
    });
    this.clientWorld.onChange(() => {
      this.ways.write();
    });
  }

  reaches(seconds: number, stage: 'accepted' | 'enRoute' | 'onScene'): void {
    this.city.happens(after(seconds), { kind: 'order.stage', orderId: 'O1' as OrderId, stage });
    this.show(seconds);
  }

  walks(seconds: number, metresNorth: number): void {
    this.city.seen(after(seconds), [{ id: 'P1', ...north(metresNorth) }]);
    this.show(seconds);
  }

  show(seconds: number): void {
    this.shown = after(seconds);
    this.ms = seconds * 1_000;
    this.clientWorld.onBatch(this.city.batch(this.shown));
  }

  get minutes(): number | undefined {
    return this.ways.heads.count === 0 ? undefined : this.ways.heads.floats[6];
  }

  /** Whether each piece is dashed. */
  get dashes(): readonly boolean[] {
    return Array.from(
      { length: this.ways.lines.count },
      (_, row) => this.ways.lines.bytes[row * 36 + 32] === 1,
    );
  }
}

describe('the way of an order', () => {
  it('is there from the acceptance to the arrival, and not before or after', () => {
    const call = new Call();
    call.ways.write();
    expect(call.ways.heads.count).toBe(0);
    call.reaches(5, 'accepted');
    expect(call.ways.heads.count).toBe(1);
    call.reaches(60, 'onScene');
    expect([call.ways.heads.count, call.ways.lines.count]).toEqual([0, 0]);
  });

  it('is a dashed straight line as long as no streets are known, with the minutes as the crow flies', async () => {
    const call = new Call();
    call.reaches(5, 'enRoute');
    await Promise.resolve();
    expect(call.dashes).toEqual([true]);
    // 460 m at 8 m/s.
    expect(call.minutes).toBe(1);
    expect(call.found).toBe(0);
  });

  it('follows the streets once they are found, and its minutes are those of the streets', async () => {
    const call = new Call();
    call.answer = [
      [0, 0],
      [400, 0],
      [400, 460],
      [0, 460],
    ];
    call.reaches(5, 'enRoute');
    await Promise.resolve();
    await Promise.resolve();
    await call.ways.whenFound();
    expect([call.found, call.ways.waiting]).toEqual([1, 0]);
    expect(call.dashes).toEqual([false, false, false, false, false]);
    // 1,260 m at 8 m/s are 2 min 38 s.
    expect(call.minutes).toBe(3);
    const corner = call.ways.lines.floats[9 + 4] ?? 0;
    expect(corner).toBeCloseTo(
      offsetX(call.clientWorld.mercator, CENTRE.lng + (400 * METRE) / Math.cos((CENTRE.lat * Math.PI) / 180)),
      6,
    );
  });

  it('grows shorter as somebody moves along, without asking again', async () => {
    const call = new Call();
    call.answer = [
      [0, 0],
      [0, 460],
    ];
    call.reaches(5, 'enRoute');
    await Promise.resolve();
    await Promise.resolve();
    call.walks(30, 200);
    expect(call.ways.lines.floats[1 + 2]).toBeGreaterThan(0);
    expect(call.asked.length).toBe(1);
    const toGoal = (call.ways.lines.floats[5] ?? 0) * call.clientWorld.mercator.metresPerUnit;
    expect(Math.round(toGoal / 10)).toBe(20);
  });

  it('is asked for again by whoever leaves it, but not more often than every five seconds', async () => {
    const call = new Call();
    call.answer = [
      [0, 0],
      [0, 460],
    ];
    call.reaches(5, 'enRoute');
    await Promise.resolve();
    await Promise.resolve();
    call.answer = undefined;
    call.walks(8, -90);
    expect(call.asked.length).toBe(1);
    call.walks(12, -120);
    await Promise.resolve();
    call.walks(14, -130);
    expect(call.asked.length).toBe(2);
  });

  it('is not shown to visitors', () => {
    const call = new Call();
    call.reaches(5, 'enRoute');
    call.clientWorld.coarsen(true);
    expect([call.ways.heads.count, call.ways.lines.count]).toEqual([0, 0]);
  });
});
