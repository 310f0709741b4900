import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { INCIDENT_STAGES, type IncidentState } from '../domain/incident.ts';
import { ORDER_STATES } from '../domain/order.ts';
import { furtherStage, isEnded, mayLeave, mayReach } from './incident-states.ts';
import { hasPassed, mayMoveOrder, orderHold, takesOrder } from './order-states.ts';

const RUNS = { seed: 20_261_123, numRuns: 2_000 } as const;
const INCIDENT_STATES: readonly IncidentState[] = [...INCIDENT_STAGES, 'diverted', 'merged', 'cancelled'];

describe('states of an incident', () => {
  it('a stage moves an incident forward only, and may skip others', () => {
    for (const [from, state] of INCIDENT_STAGES.entries()) {
      for (const [to, stage] of INCIDENT_STAGES.entries())
        expect(mayReach(state, stage), `${state} → ${stage}`).toBe(to > from && state !== 'closed');
    }
  });

  it('what is diverted is moved by its closing alone', () => {
    expect(INCIDENT_STAGES.filter((stage) => mayReach('diverted', stage))).toEqual(['closed']);
  });

  it('what has ended neither reaches a stage nor leaves the course', () => {
    for (const state of INCIDENT_STATES.filter(isEnded)) {
      expect(INCIDENT_STAGES.some((stage) => mayReach(state, stage))).toBe(false);
      expect((['diverted', 'merged', 'cancelled'] as const).some((way) => mayLeave(state, way))).toBe(false);
    }
    expect(INCIDENT_STATES.filter(isEnded)).toEqual(['closed', 'merged', 'cancelled']);
  });

  it('the further of two stages does not depend on their order', () => {
    const stage = fc.constantFrom(...INCIDENT_STAGES);
    fc.assert(
      fc.property(stage, stage, (one, other) => {
        expect(furtherStage(one, other)).toBe(furtherStage(other, one));
        expect(mayReach(furtherStage(one, other), one)).toBe(false);
      }),
      RUNS,
    );
  });
});

describe('states of an order', () => {
  const state = fc.constantFrom(...ORDER_STATES);

  it('every way ends, and holds its responder less and less once it has ended', () => {
    fc.assert(
      fc.property(fc.array(state, { minLength: 20, maxLength: 60 }), (wished) => {
        let now: (typeof ORDER_STATES)[number] = 'offered';
        let moves = 0;
        for (const next of wished) {
          if (!mayMoveOrder(now, next)) continue;
          expect(orderHold(next) === 0 || orderHold(next) > orderHold(now)).toBe(true);
          now = next;
          moves += 1;
        }
        expect(moves).toBeLessThanOrEqual(4);
      }),
      RUNS,
    );
  });

  it('moves are those of the table, with stages skipped', () => {
    const legal = ORDER_STATES.flatMap((from) =>
      ORDER_STATES.filter((to) => mayMoveOrder(from, to)).map((to) => `${from} ${to}`),
    );
    expect(legal).toEqual([
      'offered accepted',
      'offered declined',
      'offered expired',
      'offered withdrawn',
      'offered enRoute',
      'offered onScene',
      'offered done',
      'offered released',
      'accepted enRoute',
      'accepted onScene',
      'accepted done',
      'accepted released',
      'enRoute onScene',
      'enRoute done',
      'enRoute released',
      'onScene done',
      'onScene released',
    ]);
  });

  it('an order is taken by whoever accepts it, sets out, arrives or has done it', () => {
    expect(ORDER_STATES.filter(takesOrder)).toEqual(['accepted', 'enRoute', 'onScene', 'done']);
  });

  it('a stage was passed when the order stands beyond it', () => {
    expect(ORDER_STATES.filter((stage) => hasPassed('onScene', stage))).toEqual([
      'offered',
      'accepted',
      'enRoute',
    ]);
    expect(hasPassed('expired', 'accepted')).toBe(false);
    expect(hasPassed('declined', 'offered')).toBe(true);
  });
});
