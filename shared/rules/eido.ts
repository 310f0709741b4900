import { INCIDENT_STAGES, type IncidentState, type Priority } from '../domain/incident.ts';
import { ORDER_STATES, type OrderState } from '../domain/order.ts';
import { RESPONDER_STATES, type ResponderState } from '../domain/responder.ts';

/**
 * Our states in the words of NENA-STA-021.1b-2022 (Emergency Incident Data Object) and back. Its registries
 * are coarser than our states, so the own word goes along in the field that the standard keeps for it; whoever
 * sends no such word, or one that contradicts the registry, is understood by the registry alone.
 */

/** EIDO-IncidentStatus-Common. */
export const EIDO_INCIDENT_STATUS = [
  'Active',
  'Cancelled',
  'Closed',
  'FireUnderControl',
  'NewLocation',
  'ReOpened',
  'ResourcesAssigned',
  'ResourcesEnroute',
  'ResourcesOnscene',
  'StructureCleared',
] as const;
export type EidoIncidentWord = (typeof EIDO_INCIDENT_STATUS)[number];

/** The two status fields of an EIDO incident, by the standard's names. */
export interface EidoIncidentStatus {
  readonly incidentStatusCommonRegistryText: EidoIncidentWord;
  readonly incidentStatusInternalText?: string;
}

const INCIDENT_WORDS: Readonly<Record<IncidentState, EidoIncidentWord>> = {
  received: 'Active',
  offered: 'Active',
  accepted: 'ResourcesAssigned',
  enRoute: 'ResourcesEnroute',
  onScene: 'ResourcesOnscene',
  stable: 'ResourcesOnscene',
  closed: 'Closed',
  // Another department works on it and we follow it to its end, so it is not closed.
  diverted: 'Active',
  merged: 'Closed',
  cancelled: 'Cancelled',
};
const INCIDENT_STATES: readonly IncidentState[] = [...INCIDENT_STAGES, 'diverted', 'merged', 'cancelled'];

export const toEidoIncidentStatus = (state: IncidentState): EidoIncidentStatus => ({
  incidentStatusCommonRegistryText: INCIDENT_WORDS[state],
  incidentStatusInternalText: state,
});

/**
 * What an EIDO status says in our words; 'reopened' stands for the event of that name, and undefined for a
 * status that moves no incident (NewLocation).
 */
export function fromEidoIncidentStatus(status: EidoIncidentStatus): IncidentState | 'reopened' | undefined {
  const word = status.incidentStatusCommonRegistryText;
  const own = INCIDENT_STATES.find((state) => state === status.incidentStatusInternalText);
  if (own !== undefined && INCIDENT_WORDS[own] === word) return own;
  switch (word) {
    case 'Active':
      return 'received';
    case 'Cancelled':
      return 'cancelled';
    case 'Closed':
      return 'closed';
    case 'ReOpened':
      return 'reopened';
    case 'ResourcesAssigned':
      return 'accepted';
    case 'ResourcesEnroute':
      return 'enRoute';
    case 'ResourcesOnscene':
    case 'StructureCleared':
      return 'onScene';
    case 'FireUnderControl':
      return 'stable';
    case 'NewLocation':
      return undefined;
  }
}

/** `incidentCommonPriorityNumber`: 0 … 10, 10 the highest. */
export const toEidoPriority = (priority: Priority): number => [10, 7, 4, 1][priority - 1] ?? 1;

export function fromEidoPriority(value: number): Priority {
  if (value >= 9) return 1;
  if (value >= 6) return 2;
  return value >= 3 ? 3 : 4;
}

/** EIDO-UnitStatus-Primary. */
export type EidoPrimaryWord = 'Available' | 'ConditionallyAvailable' | 'NotAvailable';

/** Those words of EIDO-UnitStatus-Secondary that say something about an order; a unit may carry several. */
export type EidoSecondaryWord =
  | 'AcknowledgedTransmission'
  | 'Arrived'
  | 'Assigned'
  | 'AssignmentCancelled'
  | 'CheckedIn'
  | 'Cleared'
  | 'Dispatched'
  | 'EnRoute'
  | 'InService';

/** The status fields of an EIDO unit, by the standard's names. Words that we do not know are passed over. */
export interface EidoUnitStatus {
  readonly primaryUnitStatusRegistryText: EidoPrimaryWord;
  readonly secondaryUnitStatusRegistryText: readonly string[];
  readonly unitStatusInternal?: string;
}

interface UnitWords {
  readonly primary: EidoPrimaryWord;
  readonly secondary: readonly EidoSecondaryWord[];
}

const ORDER_WORDS: Readonly<Record<OrderState, UnitWords>> = {
  offered: { primary: 'ConditionallyAvailable', secondary: ['Dispatched'] },
  accepted: { primary: 'NotAvailable', secondary: ['AcknowledgedTransmission', 'Assigned'] },
  declined: { primary: 'Available', secondary: ['AcknowledgedTransmission'] },
  expired: { primary: 'Available', secondary: [] },
  withdrawn: { primary: 'Available', secondary: ['AssignmentCancelled'] },
  enRoute: { primary: 'NotAvailable', secondary: ['Assigned', 'EnRoute'] },
  onScene: { primary: 'NotAvailable', secondary: ['Assigned', 'Arrived'] },
  done: { primary: 'Available', secondary: ['Cleared'] },
  released: { primary: 'Available', secondary: ['Cleared', 'AssignmentCancelled'] },
};

export const toEidoOrderStatus = (state: OrderState): EidoUnitStatus => toUnit(ORDER_WORDS[state], state);

/** The state of a unit's order; undefined where the words say nothing about one. */
export function fromEidoOrderStatus(status: EidoUnitStatus): OrderState | undefined {
  const own = ORDER_STATES.find((state) => state === status.unitStatusInternal);
  if (own !== undefined && agrees(status, ORDER_WORDS[own])) return own;
  const says = (word: EidoSecondaryWord): boolean => status.secondaryUnitStatusRegistryText.includes(word);
  if (says('Cleared')) return says('AssignmentCancelled') ? 'released' : 'done';
  if (says('AssignmentCancelled')) return 'withdrawn';
  if (says('Arrived')) return 'onScene';
  if (says('EnRoute')) return 'enRoute';
  if (says('Assigned')) return 'accepted';
  if (says('AcknowledgedTransmission'))
    return status.primaryUnitStatusRegistryText === 'Available' ? 'declined' : 'accepted';
  return says('Dispatched') ? 'offered' : undefined;
}

/** Whoever is off duty is in no world of ours, but others ask. */
export type DutyState = ResponderState | 'offDuty';

const RESPONDER_WORDS: Readonly<Record<DutyState, UnitWords>> = {
  offDuty: { primary: 'NotAvailable', secondary: [] },
  available: { primary: 'Available', secondary: ['CheckedIn', 'InService'] },
  offered: { primary: 'ConditionallyAvailable', secondary: ['CheckedIn', 'Dispatched'] },
  assigned: { primary: 'NotAvailable', secondary: ['CheckedIn', 'Assigned'] },
  enRoute: { primary: 'NotAvailable', secondary: ['CheckedIn', 'EnRoute'] },
  onScene: { primary: 'NotAvailable', secondary: ['CheckedIn', 'Arrived'] },
};
const DUTY_STATES: readonly DutyState[] = ['offDuty', ...RESPONDER_STATES];

export const toEidoResponderStatus = (state: DutyState): EidoUnitStatus =>
  toUnit(RESPONDER_WORDS[state], state);

export function fromEidoResponderStatus(status: EidoUnitStatus): DutyState {
  const own = DUTY_STATES.find((state) => state === status.unitStatusInternal);
  if (own !== undefined && agrees(status, RESPONDER_WORDS[own])) return own;
  const says = (word: EidoSecondaryWord): boolean => status.secondaryUnitStatusRegistryText.includes(word);
  if (says('Arrived')) return 'onScene';
  if (says('EnRoute')) return 'enRoute';
  if (says('Assigned')) return 'assigned';
  if (says('Dispatched')) return 'offered';
  return status.primaryUnitStatusRegistryText === 'NotAvailable' ? 'offDuty' : 'available';
}

const toUnit = ({ primary, secondary }: UnitWords, own: string): EidoUnitStatus => ({
  primaryUnitStatusRegistryText: primary,
  secondaryUnitStatusRegistryText: secondary,
  unitStatusInternal: own,
});

const agrees = (status: EidoUnitStatus, { primary, secondary }: UnitWords): boolean =>
  status.primaryUnitStatusRegistryText === primary &&
  secondary.every((word) => status.secondaryUnitStatusRegistryText.includes(word));
