import { describe, expect, it } from 'vitest';
import { INCIDENT_STAGES, PRIORITIES } from '../domain/incident.ts';
import { ORDER_STATES } from '../domain/order.ts';
import { RESPONDER_STATES } from '../domain/responder.ts';
import {
  EIDO_INCIDENT_STATUS,
  fromEidoIncidentStatus,
  fromEidoOrderStatus,
  fromEidoPriority,
  fromEidoResponderStatus,
  toEidoIncidentStatus,
  toEidoOrderStatus,
  toEidoPriority,
  toEidoResponderStatus,
} from './eido.ts';

describe('EIDO words (NENA-STA-021.1b-2022)', () => {
  it.each([...INCIDENT_STAGES, 'diverted', 'merged', 'cancelled'] as const)(
    'an incident that is %s comes back as it went',
    (state) => {
      const status = toEidoIncidentStatus(state);
      expect(EIDO_INCIDENT_STATUS).toContain(status.incidentStatusCommonRegistryText);
      expect(fromEidoIncidentStatus(status)).toBe(state);
    },
  );

  it.each(ORDER_STATES)('an order that is %s comes back as it went', (state) => {
    expect(fromEidoOrderStatus(toEidoOrderStatus(state))).toBe(state);
  });

  it.each(['offDuty', ...RESPONDER_STATES] as const)(
    'a responder who is %s comes back as it went',
    (state) => {
      expect(fromEidoResponderStatus(toEidoResponderStatus(state))).toBe(state);
    },
  );

  it('the unit words alone tell every state of an order but expiry', () => {
    const alone = ORDER_STATES.map((state) => {
      const { primaryUnitStatusRegistryText, secondaryUnitStatusRegistryText } = toEidoOrderStatus(state);
      return fromEidoOrderStatus({ primaryUnitStatusRegistryText, secondaryUnitStatusRegistryText });
    });
    expect(alone).toEqual(ORDER_STATES.map((state) => (state === 'expired' ? undefined : state)));
  });

  it.each([
    ['Active', 'received'],
    ['Cancelled', 'cancelled'],
    ['Closed', 'closed'],
    ['FireUnderControl', 'stable'],
    ['NewLocation', undefined],
    ['ReOpened', 'reopened'],
    ['ResourcesAssigned', 'accepted'],
    ['ResourcesEnroute', 'enRoute'],
    ['ResourcesOnscene', 'onScene'],
    ['StructureCleared', 'onScene'],
  ] as const)('the registry word %s without an own word means %s', (word, state) => {
    expect(fromEidoIncidentStatus({ incidentStatusCommonRegistryText: word })).toBe(state);
  });

  it('an own word that contradicts the registry is passed over', () => {
    expect(
      fromEidoIncidentStatus({
        incidentStatusCommonRegistryText: 'Closed',
        incidentStatusInternalText: 'enRoute',
      }),
    ).toBe('closed');
    expect(
      fromEidoOrderStatus({
        primaryUnitStatusRegistryText: 'Available',
        secondaryUnitStatusRegistryText: ['Cleared', 'Meal'],
        unitStatusInternal: 'onScene',
      }),
    ).toBe('done');
  });

  it.each(PRIORITIES)('priority %i comes back as it went', (priority) => {
    expect(fromEidoPriority(toEidoPriority(priority))).toBe(priority);
  });

  it('every priority number of the standard, 0 to 10, has one of ours, and the higher is never less urgent', () => {
    const ours = Array.from({ length: 11 }, (_, value) => fromEidoPriority(value));
    expect(ours).toEqual([4, 4, 4, 3, 3, 3, 2, 2, 2, 1, 1]);
  });
});
