import { seededRandom } from '../seeded-random.ts';
import type { Calendar } from './duty.ts';
import type { PlannedIncident } from './incident-plan.ts';
import type { LifePack } from './pack.ts';
import type { LifeEvent } from './records.ts';

const HOUR_MS = 3_600_000;
/** How far, in space and time, an incident raises the risk around it. */
const REACH_METRES = 900;
const FADES_MS = 4 * HOUR_MS;
/** By weight of what happened: danger to life counts most. */
const WEIGHT = [0, 34, 22, 11, 3];
/** Only changes of this much are told. */
const STEP = 4;

/**
 * Risk of each grid, every `everyMs` of a day: a level of its own, higher in the evening, raised by what happened
 * nearby a while ago. Only grids whose level moved are told, all of them at the day's first moment.
 */
export function riskEvents(
  pack: LifePack,
  day: number,
  calendar: Calendar,
  incidents: readonly PlannedIncident[],
  seed: number,
  everyMs: number,
): readonly LifeEvent[] {
  const { grids } = pack;
  if (grids.length === 0) return [];
  const random = seededRandom(seed, 'risk');
  const base = grids.map(() => Math.min(60, Math.max(2, random.normal(16, 11))));
  const told = new Map<string, number>();
  const start = calendar.startOf(day);
  const events: LifeEvent[] = [];
  for (let at = start; at < start + 24 * HOUR_MS; at += everyMs) {
    const evening = 0.75 + 0.5 * Math.exp(-(((at - start) / HOUR_MS - 20.5) ** 2) / 18);
    const recent = incidents.filter((incident) => incident.at <= at && incident.at > at - 3 * FADES_MS);
    const risks = grids.flatMap((grid, index) => {
      let level = (base[index] ?? 0) * evening;
      for (const { point, at: when, priority } of recent) {
        const metres = Math.hypot(grid.middle.x - point.x, grid.middle.y - point.y);
        if (metres < REACH_METRES * 2.5)
          level +=
            (WEIGHT[priority] ?? 0) *
            Math.exp(-((metres / REACH_METRES) ** 2)) *
            Math.exp((when - at) / FADES_MS);
      }
      const rounded = Math.round(Math.min(100, level));
      const before = told.get(grid.id);
      if (before !== undefined && Math.abs(before - rounded) < STEP) return [];
      told.set(grid.id, rounded);
      return [{ gridId: grid.id, level: rounded }];
    });
    if (risks.length > 0)
      events.push({ source: 'demo-risk', key: `risk/${at}`, at, event: { kind: 'grid.risk', risks } });
  }
  return events;
}
