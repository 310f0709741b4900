import * as fc from 'fast-check';
import type { CityEvent } from '../domain/event.ts';
import type {
  DisputeId,
  GridId,
  HazardId,
  IncidentId,
  OrderId,
  RequestId,
  ResponderId,
  SourceId,
  StationId,
  TeamId,
} from '../domain/ids.ts';
import { CATEGORIES, INCIDENT_STAGES, PLATFORMS, PRIORITIES } from '../domain/incident.ts';
import { MODES } from '../domain/mode.ts';
import { ORDER_STATES } from '../domain/order.ts';
import type { FixColumns } from '../domain/position.ts';
import type { LogRecord } from '../domain/record.ts';
import { RESPONDER_KINDS } from '../domain/responder.ts';
import { epochMs, lat, lng, seqNo } from '../domain/units.ts';

/** When the generated days begin. */
export const ARBITRARY_START = Date.UTC(2026, 10, 23, 8);

interface GivenFix {
  readonly who: number;
  readonly east: number;
  readonly north: number;
  readonly ageSeconds: number;
}
interface Step {
  /** How far the city's clock goes before it; now and then an hour, or two days. */
  readonly waitMs: number;
  /** How long the record was on its way. */
  readonly delayMs: number;
  readonly source: number;
  readonly mode: number;
  readonly what: { readonly event: CityEvent } | { readonly fixes: readonly GivenFix[] };
}

const small = (most: number): fc.Arbitrary<number> => fc.nat({ max: most });
// Few ids, so that records meet: stages of orders that exist, numbers that are used again.
const incidentId = small(5).map((n) => `J-${n}` as IncidentId);
const orderId = small(9).map((n) => `D-${n}` as OrderId);
const responderId = small(7).map((n) => `V-000${n}` as ResponderId);
const gridId = small(11).map((n) => `G-${String(n).padStart(2, '0')}` as GridId);
const hazardId = small(3).map((n) => `H-${n}` as HazardId);
const degrees = (from: number) => small(99_999).map((n) => Number((from + n / 1e6).toFixed(6)));
const place = { lng: degrees(120.5).map(lng), lat: degrees(27.5).map(lat) };

const event: fc.Arbitrary<CityEvent> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record(
      {
        kind: fc.constant('incident.received' as const),
        incidentId,
        category: fc.constantFrom(...CATEGORIES),
        subCategory: fc.constantFrom('theft', '噪音'),
        priority: fc.constantFrom(...PRIORITIES),
        ...place,
        place: fc.constantFrom('沿江路 12 号', 'Market', '"quoted" \\ back'),
        gridId,
      },
      { requiredKeys: ['kind', 'incidentId', 'category', 'priority', 'lng', 'lat', 'place'] },
    ),
  },
  {
    weight: 4,
    arbitrary: fc.record(
      {
        kind: fc.constant('incident.stage' as const),
        incidentId,
        stage: fc.constantFrom(...INCIDENT_STAGES),
        responderId,
      },
      { requiredKeys: ['kind', 'incidentId', 'stage'] },
    ),
  },
  fc.record({
    kind: fc.constant('incident.reprioritised' as const),
    incidentId,
    priority: fc.constantFrom(...PRIORITIES),
  }),
  fc.record({
    kind: fc.constant('incident.diverted' as const),
    incidentId,
    platform: fc.constantFrom(...PLATFORMS),
  }),
  fc.record({ kind: fc.constant('incident.merged' as const), incidentId, into: incidentId }),
  fc.record({ kind: fc.constant('incident.reopened' as const), incidentId }),
  fc.record({ kind: fc.constant('incident.cancelled' as const), incidentId }),
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant('incident.acknowledged' as const),
      incidentId,
      by: fc.constantFrom('值班长 林', 'Duty "2"'),
    }),
  },
  {
    weight: 5,
    arbitrary: fc.record({ kind: fc.constant('order.offered' as const), orderId, incidentId, responderId }),
  },
  {
    weight: 6,
    arbitrary: fc.record({
      kind: fc.constant('order.stage' as const),
      orderId,
      stage: fc.constantFrom(...ORDER_STATES),
    }),
  },
  {
    weight: 5,
    arbitrary: fc.record(
      {
        kind: fc.constant('responder.checkedIn' as const),
        responderId,
        responderKind: fc.constantFrom(...RESPONDER_KINDS),
        callSign: fc.constantFrom('龙志协 01', 'Bravo 7'),
        teamId: fc.constantFrom('T-1' as TeamId, 'T-2' as TeamId),
      },
      { requiredKeys: ['kind', 'responderId', 'responderKind', 'callSign'] },
    ),
  },
  {
    weight: 3,
    arbitrary: fc.record({ kind: fc.constant('responder.checkedOut' as const), responderId }),
  },
  {
    weight: 2,
    arbitrary: fc.record(
      {
        kind: fc.constant('responder.reportsThrough' as const),
        responderId,
        source: fc.constantFrom('tags' as SourceId, 'radios' as SourceId),
      },
      { requiredKeys: ['kind', 'responderId'] },
    ),
  },
  fc.record({
    kind: fc.constant('hazard.found' as const),
    hazardId,
    gridId,
    hazardType: fc.constantFrom('gas bottle', '灭火器'),
    ...place,
    dueAt: small(100).map((days) => epochMs(ARBITRARY_START + days * 86_400_000)),
  }),
  fc.record({ kind: fc.constant('hazard.resolved' as const), hazardId }),
  fc.record({
    kind: fc.constant('service.completed' as const),
    stationId: fc.constant('S-1' as StationId),
    serviceCode: fc.constant('id-card'),
    durationSeconds: small(600),
  }),
  fc.record({
    kind: fc.constant('dispute.settled' as const),
    disputeId: fc.constant('Q-1' as DisputeId),
    gridId,
    departments: fc.subarray([...PLATFORMS]),
  }),
  fc.record({
    kind: fc.constant('request.received' as const),
    requestId: fc.constant('R-1' as RequestId),
    gridId,
  }),
  fc.record({ kind: fc.constant('request.settled' as const), requestId: fc.constant('R-1' as RequestId) }),
  fc.record({
    kind: fc.constant('grid.risk' as const),
    risks: fc.array(fc.record({ gridId, level: small(100) }), { minLength: 1, maxLength: 6 }),
  }),
);

const fix: fc.Arbitrary<GivenFix> = fc.record({
  who: small(7),
  east: fc.oneof(small(12), small(20_000)),
  north: fc.oneof(small(12), small(20_000)),
  ageSeconds: fc.oneof(small(3), fc.integer({ min: -5, max: 130 })),
});

const step: fc.Arbitrary<Step> = fc.record({
  waitMs: fc.oneof(
    { weight: 12, arbitrary: small(4_000) },
    { weight: 1, arbitrary: fc.constantFrom(0, 59_999, 3_600_001, 172_800_000) },
  ),
  delayMs: fc.oneof({ weight: 8, arbitrary: small(900) }, { weight: 1, arbitrary: small(4_000_000) }),
  source: small(2),
  mode: fc.oneof({ weight: 5, arbitrary: fc.constant(3) }, small(MODES.length - 1)),
  what: fc.oneof(
    { weight: 3, arbitrary: event.map((given) => ({ event: given })) },
    {
      weight: 2,
      arbitrary: fc.array(fix, { minLength: 1, maxLength: 9 }).map((fixes) => ({ fixes })),
    },
  ),
});

/**
 * Records as a log could hold them: `seq` without gaps, `receivedAt` never stepping back, times and ids that
 * meet, contradict and repeat one another. Fixes of one record lie in one minute.
 */
export function arbitraryRecords(maxLength = 120): fc.Arbitrary<LogRecord[]> {
  return fc.array(step, { maxLength, size: 'max' }).map((steps) => {
    let now = ARBITRARY_START;
    return steps.map((given, index): LogRecord => {
      now += given.waitMs;
      const head = {
        seq: seqNo(index + 1),
        at: epochMs(now - given.delayMs),
        receivedAt: epochMs(now),
        source: ['110', 'phones', 'platforms'][given.source] as SourceId,
        mode: MODES[given.mode] ?? 'Test',
        key: `k${index}`,
      } as const;
      if ('event' in given.what) return { ...head, type: 'event', event: given.what.event };
      return { ...head, type: 'positions', fixes: toColumns(given.what.fixes, now) };
    });
  });
}

function toColumns(given: readonly GivenFix[], now: number): FixColumns {
  const minute = Math.floor((now / 1000 - (given[0]?.ageSeconds ?? 0)) / 60) * 60;
  const responders = [...new Set(given.map(({ who }) => who))];
  return {
    count: given.length,
    responders: responders.map((who) => `V-000${who}` as ResponderId),
    who: Uint32Array.from(given, ({ who }) => responders.indexOf(who)),
    lngE5: Int32Array.from(given, ({ east }) => 12_050_000 + east),
    latE5: Int32Array.from(given, ({ north }) => 2_750_000 + north),
    fixAtSeconds: Uint32Array.from(given, ({ ageSeconds }) =>
      Math.min(minute + 59, Math.max(minute, Math.floor(now / 1000) - ageSeconds)),
    ),
    deviceAtSeconds: new Uint32Array(given.length),
    speed: new Uint16Array(given.length).fill(0xffff),
    course: new Uint16Array(given.length).fill(0xffff),
    accuracy: new Uint16Array(given.length).fill(0xffff),
    battery: new Uint8Array(given.length).fill(0xff),
  };
}
