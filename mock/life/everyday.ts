import { PLATFORMS } from '@maplewall/shared/domain/incident.ts';
import type { DisputeId, HazardId, RequestId } from '@maplewall/shared/domain/ids.ts';
import { epochMs } from '@maplewall/shared/domain/units.ts';
import { seededRandom, type Random } from '../seeded-random.ts';
import { DAY_MS, type Calendar } from './calendar.ts';
import type { LifePack } from './pack.ts';
import type { LifeEvent } from './records.ts';

const HAZARD_TYPES = [
  '消防通道堵塞',
  '灭火器过期',
  '电动车违规充电',
  '煤气瓶使用不规范',
  '电线老化',
  '群租房隐患',
  '应急灯损坏',
  '窨井盖破损',
];
const HAZARDS = 30;
/** Nine in ten are put right before they are due, nearly all others soon after. */
const DUE_AFTER_DAYS = 3;
const SERVICES = { weekday: 540, weekend: 260 } as const;
/** 114 kinds of service on the spot (Longgang's own figure). */
const SERVICE_CODES = 114;
const REQUESTS = 40;
const DISPUTES = 2.1;
/** Nothing of a day reaches further than this. */
export const LONGEST_AFTERMATH_DAYS = 5;

/** What goes on beside incidents: hazards found and put right, services, residents' requests, disputes settled. */
export function everydayEvents(
  pack: LifePack,
  day: number,
  calendar: Calendar,
  seed: number,
): readonly LifeEvent[] {
  const random = seededRandom(seed, `everyday/${day}`);
  const told: LifeEvent[] = [];
  if (pack.grids.length === 0) return told;
  const { date } = calendar.nameOf(calendar.atHour(day, 12));
  const isWeekend = calendar.isWeekend(day);
  const during = (fromHour: number, toHour: number): number =>
    calendar.atHour(day, random.between(fromHour, toHour));
  const tell = (key: string, at: number, event: LifeEvent['event']): void => {
    told.push({ source: 'demo-platforms', key, at: Math.round(at), event });
  };
  const later = (at: number, lowDays: number, highDays: number): number =>
    at + random.between(lowDays, highDays) * DAY_MS;

  for (let number = about(isWeekend ? HAZARDS / 2 : HAZARDS * 1.2, random); number > 0; number -= 1) {
    const hazardId = `HZ${date}-${number}` as HazardId;
    const grid = random.pick(pack.grids);
    const foundAt = during(8.5, 18);
    tell(`${hazardId}/found`, foundAt, {
      kind: 'hazard.found',
      hazardId,
      gridId: grid.id,
      hazardType: HAZARD_TYPES[random.pickIndex(HAZARD_TYPES.map((_, rank) => 1 / (2 + rank)))] ?? '',
      lng: pack.map.lngOf(grid.middle.x + random.normal(0, 40)),
      lat: pack.map.latOf(grid.middle.y + random.normal(0, 40)),
      dueAt: epochMs(foundAt + DUE_AFTER_DAYS * DAY_MS),
    });
    if (random.chance(0.98))
      tell(
        `${hazardId}/resolved`,
        random.chance(0.91)
          ? later(foundAt, 0.02, 2.9)
          : later(foundAt, DUE_AFTER_DAYS, LONGEST_AFTERMATH_DAYS - 1),
        { kind: 'hazard.resolved', hazardId },
      );
  }
  if (pack.city.stations.length > 0)
    for (let number = about(isWeekend ? SERVICES.weekend : SERVICES.weekday, random); number > 0; number -= 1)
      tell(`SV${date}-${number}/done`, during(...counterHours(random)), {
        kind: 'service.completed',
        stationId: random.pick(pack.city.stations).id,
        serviceCode: `S${String(1 + Math.floor(SERVICE_CODES * random.next() ** 1.7)).padStart(3, '0')}`,
        // An identity card in under five minutes is the usual case.
        durationSeconds: Math.round(Math.min(3_600, 70 + random.exponential(200))),
      });
  for (let number = about(REQUESTS, random); number > 0; number -= 1) {
    const requestId = `RQ${date}-${number}` as RequestId;
    const at = during(7.5, 21.5);
    tell(`${requestId}/received`, at, {
      kind: 'request.received',
      requestId,
      gridId: random.pick(pack.grids).id,
    });
    if (random.chance(0.92))
      tell(`${requestId}/settled`, later(at, 0.02, 2), { kind: 'request.settled', requestId });
  }
  for (let number = about(DISPUTES, random); number > 0; number -= 1) {
    const disputeId = `DS${date}-${number}` as DisputeId;
    tell(`${disputeId}/settled`, during(9, 20.5), {
      kind: 'dispute.settled',
      disputeId,
      gridId: random.pick(pack.grids).id,
      departments: random.shuffled(PLATFORMS).slice(0, 1 + random.below(3)),
    });
  }
  return told;
}

const COUNTER_HOURS = [
  [8.5, 11.7],
  [11.7, 14],
  [14, 17.5],
  [17.5, 20],
] as const;
/** Mostly in the morning, fewer at noon, some in the evening opening. */
const counterHours = (random: Random): readonly [from: number, to: number] =>
  COUNTER_HOURS[random.pickIndex([45, 10, 38, 7])] ?? COUNTER_HOURS[0];

const about = (mean: number, random: Random): number =>
  Math.max(0, Math.round(random.normal(mean, Math.sqrt(mean))));
