import { PLATFORMS } from '@maplewall/shared/domain/incident.ts';
import type { DisputeId, HazardId, RequestId } from '@maplewall/shared/domain/ids.ts';
import { seededRandom, type Random } from '../seeded-random.ts';
import { DAY_MS, type Calendar } from './duty.ts';
import type { LifePack } from './pack.ts';
import type { LifeEvent } from './records.ts';

const HOUR_MS = 3_600_000;
const HAZARD_TYPES = [
  '煤气瓶',
  '灭火器过期',
  '电线老化',
  '消防通道堵塞',
  '电动车违规充电',
  '用火不慎',
  '应急灯损坏',
];
const SERVICE_COUNT = 114;

/** What goes on beside incidents: hazards found and put right, services, residents' requests, disputes settled. */
export function everydayEvents(
  pack: LifePack,
  day: number,
  calendar: Calendar,
  seed: number,
): readonly LifeEvent[] {
  const random = seededRandom(seed, `everyday/${day}`);
  const start = calendar.startOf(day);
  const name = calendar.nameOf(day);
  const events: LifeEvent[] = [];
  const { grids, city, map } = pack;
  if (grids.length === 0) return events;
  const during = (fromHour: number, toHour: number): number =>
    Math.round(start + random.between(fromHour, toHour) * HOUR_MS);
  const tell = (key: string, at: number, event: LifeEvent['event']): void => {
    events.push({ source: 'demo-platforms', key, at, event });
  };

  for (let index = around(30, random); index > 0; index -= 1) {
    const hazardId = `hz${name}-${index}` as HazardId;
    const grid = random.pick(grids);
    const [lng, lat] = map.toLngLat({
      x: grid.middle.x + random.normal(0, 60),
      y: grid.middle.y + random.normal(0, 60),
    });
    const found = during(8.5, 18);
    tell(`${hazardId}/found`, found, {
      kind: 'hazard.found',
      hazardId,
      gridId: grid.id,
      hazardType: random.pick(HAZARD_TYPES),
      lng: (Math.round(lng * 1e6) / 1e6) as never,
      lat: (Math.round(lat * 1e6) / 1e6) as never,
      dueAt: (found + 3 * DAY_MS) as never,
    });
    if (random.chance(0.93))
      tell(`${hazardId}/resolved`, Math.round(found + random.between(0.05, 3.5) * DAY_MS), {
        kind: 'hazard.resolved',
        hazardId,
      });
  }
  if (city.stations.length > 0)
    for (let index = around(calendar.isWeekend(day) ? 220 : 500, random); index > 0; index -= 1)
      tell(`sv${name}-${index}`, during(8.5, random.chance(0.15) ? 20.5 : 17.5), {
        kind: 'service.completed',
        stationId: random.pick(city.stations).id,
        serviceCode: `S${String(1 + random.below(SERVICE_COUNT)).padStart(3, '0')}`,
        durationSeconds: Math.round(Math.max(60, random.normal(270, 90))),
      });
  for (let index = around(40, random); index > 0; index -= 1) {
    const requestId = `rq${name}-${index}` as RequestId;
    const at = during(7.5, 21);
    tell(`${requestId}/received`, at, { kind: 'request.received', requestId, gridId: random.pick(grids).id });
    if (random.chance(0.9))
      tell(`${requestId}/settled`, Math.round(at + random.between(0.02, 1.5) * DAY_MS), {
        kind: 'request.settled',
        requestId,
      });
  }
  for (let index = around(2.1, random); index > 0; index -= 1)
    tell(`ds${name}-${index}`, during(9, 20), {
      kind: 'dispute.settled',
      disputeId: `ds${name}-${index}` as DisputeId,
      gridId: random.pick(grids).id,
      departments: random.shuffled(PLATFORMS).slice(0, 1 + random.below(2)),
    });
  return events;
}

const around = (mean: number, random: Random): number =>
  Math.max(0, Math.round(random.normal(mean, Math.sqrt(mean))));
