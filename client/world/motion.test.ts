import { epochMs, lng, type EpochMs } from '@maplewall/shared/domain/units.ts';
import type { IncidentId, OrderId, ResponderId } from '@maplewall/shared/domain/ids.ts';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ClientWorld } from './client-world.ts';
import { offsetX, offsetY } from './mercator.ts';
import { HIDDEN, MOTION_STRIDE_BYTES } from './motion.ts';
import { CENTRE, EVENING, SmallCity } from './small-city.ts';

const METRE_LAT = 1 / 111_319.5;
const after = (seconds: number): EpochMs => epochMs(EVENING + seconds * 1000);

/** A client that watches one officer; `walk` moves them and shows what came. */
class Watch {
  readonly city = new SmallCity();
  shown = after(0);
  readonly client = new ClientWorld({ city: { centre: CENTRE }, now: () => this.shown });

  constructor() {
    this.city.checksIn(after(-100), 'P1', 'officer');
    this.city.seen(after(-5), [{ id: 'P1', ...CENTRE }]);
    this.client.onBatch(this.city.keyframe(after(0)));
  }

  walk(seconds: number, northMetres: number): void {
    this.city.seen(after(seconds), [
      { id: 'P1', lng: CENTRE.lng, lat: CENTRE.lat + northMetres * METRE_LAT },
    ]);
    this.shown = after(seconds);
    this.client.onBatch(this.city.batch(after(seconds)));
  }

  metresNorth(seconds: number): number {
    const place = this.client.motion.drawnAt(0, after(seconds));
    return place === undefined ? Number.NaN : place.y * this.client.mercator.metresPerUnit;
  }

  byte(column: number): number | undefined {
    return this.client.motion.table.bytes[column];
  }
}

describe('motion', () => {
  it('shows somebody first where they are', () => {
    expect(new Watch().metresNorth(0)).toBeCloseTo(0, 0);
  });

  it('glides from where somebody is drawn to the new fix, over the interval of reporting', () => {
    const watch = new Watch();
    // The fix before was measured 10 s earlier, so the glide takes 11.5 s.
    watch.walk(5, 23);
    expect(watch.metresNorth(5)).toBeCloseTo(0, 0);
    expect(watch.metresNorth(10)).toBeCloseTo(10, 0);
    // 5 s to the next one: from 10 m on, 5.75 s.
    watch.walk(10, 33);
    expect(watch.metresNorth(10)).toBeCloseTo(10, 0);
    expect(watch.metresNorth(12.875)).toBeCloseTo(21.5, 0);
    expect(watch.metresNorth(60)).toBeCloseTo(33, 0);
  });

  it('tells no visitor where anybody is heading', () => {
    const watch = new Watch();
    watch.walk(5, -23);
    const HEADING = 30;
    expect(watch.byte(HEADING)).toBe(128);
    watch.client.coarsen(true);
    expect(watch.byte(HEADING)).toBe(0);
    watch.walk(10, -50);
    expect(watch.byte(HEADING)).toBe(0);
    watch.client.coarsen(false);
    expect(watch.byte(HEADING)).toBe(128);
  });

  it('never draws anybody beyond the fixes, and never lets them jump back', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.integer({ min: 1, max: 90 }), fc.integer({ min: 0, max: 60 })), {
          minLength: 1,
          maxLength: 20,
        }),
        (walks) => {
          const watch = new Watch();
          let seconds = 0;
          let north = 0;
          for (const [wait, metres] of walks) {
            const before = watch.metresNorth(seconds + wait);
            seconds += wait;
            north += metres;
            watch.walk(seconds, north);
            expect(Math.abs(watch.metresNorth(seconds) - before)).toBeLessThan(0.1);
            let last = before;
            for (let later = seconds; later < seconds + 60; later += 7) {
              const drawn = watch.metresNorth(later);
              // A fix is quantised to a metre, and a degree of Mercator grows a little to the north.
              expect(drawn).toBeLessThanOrEqual(north * 1.001 + 1);
              expect(drawn).toBeGreaterThanOrEqual(last - 0.1);
              last = drawn;
            }
            expect(watch.metresNorth(seconds + 40)).toBeCloseTo(north, -1);
          }
        },
      ),
      { seed: 51, numRuns: 60 },
    );
  });

  it('jumps when the way is longer than 500 m', () => {
    const watch = new Watch();
    watch.walk(5, 600);
    expect(watch.metresNorth(5)).toBeGreaterThan(590);
    expect(watch.client.motion.isMoving(after(5))).toBe(false);
  });

  it('points an officer where they go, and keeps that while they stand', () => {
    const watch = new Watch();
    watch.city.seen(after(5), [{ id: 'P1', lng: CENTRE.lng + 50 * METRE_LAT, lat: CENTRE.lat }]);
    watch.shown = after(5);
    watch.client.onBatch(watch.city.batch(after(5)));
    expect(watch.byte(30)).toBe(64);
    watch.city.seen(after(10), [{ id: 'P1', lng: CENTRE.lng + 50 * METRE_LAT, lat: CENTRE.lat }]);
    watch.client.onBatch(watch.city.batch(after(10)));
    expect(watch.byte(30)).toBe(64);
  });

  it('ages by the time of the fix, not by when it arrived', () => {
    const watch = new Watch();
    expect(watch.client.motion.ageSeconds(0, after(0))).toBe(5);
    watch.city.seen(after(60), [{ id: 'P1', ...CENTRE }]);
    watch.shown = after(95);
    watch.client.onBatch(watch.city.batch(after(95)));
    expect(watch.client.motion.ageSeconds(0, after(95))).toBe(35);
  });

  it('takes away who checks out, and gives the place to the next without gliding', () => {
    const watch = new Watch();
    watch.city.happens(after(1), { kind: 'responder.checkedOut', responderId: 'P1' as ResponderId });
    watch.client.onBatch(watch.city.batch(after(1)));
    expect(watch.client.motion.drawnAt(0, after(1))).toBeUndefined();
    watch.city.checksIn(after(2), 'P2', 'volunteer');
    watch.city.seen(after(2), [{ id: 'P2', lng: CENTRE.lng, lat: CENTRE.lat + 100 * METRE_LAT }]);
    watch.shown = after(2);
    watch.client.onBatch(watch.city.batch(after(2)));
    expect(watch.metresNorth(2)).toBeGreaterThan(95);
    expect(watch.byte(28)).toBe(0);
  });

  it('does not draw who has no fix', () => {
    const city = new SmallCity();
    const client = new ClientWorld({ city: { centre: CENTRE }, now: () => EVENING });
    city.checksIn(EVENING, 'P1', 'sentry');
    client.onBatch(city.keyframe(EVENING));
    expect(client.motion.table.bytes[28]).toBe(HIDDEN);
  });

  it('puts who is on the spot beside the incident, each at a place of their own', () => {
    const watch = new Watch();
    const { city, client } = watch;
    const incidentId = 'I1' as IncidentId;
    const place = { lng: lng(CENTRE.lng + 100 * METRE_LAT), lat: CENTRE.lat };
    city.checksIn(after(0), 'P2', 'volunteer');
    city.seen(after(0), [{ id: 'P2', ...CENTRE }]);
    city.happens(after(1), {
      kind: 'incident.received',
      incidentId,
      category: 'help',
      priority: 2,
      ...place,
      place: 'x',
    });
    for (const person of ['P1', 'P2']) {
      const orderId = `O-${person}` as OrderId;
      city.happens(after(1), {
        kind: 'order.offered',
        orderId,
        incidentId,
        responderId: person as ResponderId,
      });
      for (const stage of ['accepted', 'enRoute', 'onScene'] as const)
        city.happens(after(2), { kind: 'order.stage', orderId, stage });
    }
    watch.shown = after(3);
    client.onBatch(city.batch(after(3)));
    const around = [0, 1].map((slot) => client.motion.table.bytes[slot * MOTION_STRIDE_BYTES + 31]);
    expect(new Set(around).size).toBe(2);
    expect(around).not.toContain(0);
    for (const slot of [0, 1]) {
      const drawn = client.motion.drawnAt(slot, after(60));
      expect(drawn?.x).toBeCloseTo(offsetX(client.mercator, place.lng), 9);
      expect(drawn?.y).toBeCloseTo(offsetY(client.mercator, place.lat), 9);
    }
  });

  it.each([
    { jumped: false, drawn: 'goes on gliding through a keyframe' },
    { jumped: true, drawn: 'is at the fix after a jump in time' },
  ])('$drawn', ({ jumped }) => {
    const watch = new Watch();
    watch.walk(5, 10);
    watch.walk(10, 40);
    const expected = watch.metresNorth(jumped ? 60 : 11);
    watch.shown = after(11);
    watch.client.onBatch(watch.city.keyframe(after(11), jumped));
    expect(watch.metresNorth(11)).toBeCloseTo(expected, 3);
  });

  it('stays exact to centimetres after the base of the clock moved up', () => {
    const watch = new Watch();
    const day = 86_400;
    watch.walk(day, 10);
    watch.walk(day + 5, 20);
    expect(watch.metresNorth(day + 5)).toBeCloseTo(10 / 6, 0);
    expect(watch.metresNorth(day + 60)).toBeCloseTo(20, 0);
    expect(watch.client.motion.ageSeconds(0, after(day + 6))).toBeCloseTo(1, 2);
  });
});
