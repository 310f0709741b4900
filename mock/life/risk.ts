import { seededRandom } from '../seeded-random.ts';
import { DAY_MS, HOUR_MS, MINUTE_MS, type Calendar } from './calendar.ts';
import type { Crowd } from './crowd.ts';
import type { Point } from './flat-map.ts';
import { busyness, type PlannedIncident } from './incident-plan.ts';
import type { LifePack } from './pack.ts';
import type { LifeEvent } from './records.ts';

export const RISK_EVERY_MS = 15 * MINUTE_MS;
/** How far, in space and time, an incident raises the risk around it. */
const REACH_METRES = 520;
const FADES_MS = 3.5 * HOUR_MS;
const REMEMBERED_MS = 12 * HOUR_MS;
/** By priority: danger to life counts most. */
const RAISES: readonly number[] = [0, 38, 24, 12, 3];
/** A smaller change of level is not worth telling. */
const STEP = 2;

/** Risk of the city's grids through a day: what is usual there and then, and what happened nearby. */
export class RiskField {
  readonly #pack: LifePack;
  readonly #calendar: Calendar;
  /** Level of an average hour, 4 to 40. */
  readonly #usual: readonly number[];
  readonly #wobbles: readonly ((at: number) => number)[];

  constructor(pack: LifePack, crowd: Crowd, calendar: Calendar, seed: number) {
    this.#pack = pack;
    this.#calendar = calendar;
    const density = pack.grids.map(({ middle }) => crowd.densityAt(pack.streets.nearest(middle, 'foot')));
    const ranked = density.toSorted((a, b) => a - b);
    this.#usual = density.map(
      (value) => 4 + 36 * (ranked.indexOf(value) / Math.max(1, ranked.length - 1)) ** 2,
    );
    this.#wobbles = waves(
      seed,
      pack.grids.map(({ middle }) => middle),
    );
  }

  /** All grids at the day's first moment, then those whose level moved, every fifteen minutes. */
  eventsOf(
    day: number,
    before: readonly PlannedIncident[],
    incidents: readonly PlannedIncident[],
  ): readonly LifeEvent[] {
    const { grids } = this.#pack;
    if (grids.length === 0) return [];
    const start = this.#calendar.startOf(day);
    const raised = new Float64Array(grids.length);
    for (const incident of before)
      if (incident.at > start - REMEMBERED_MS)
        this.#raise(raised, incident, (incident.at - start) / FADES_MS);
    const told = new Int16Array(grids.length).fill(-STEP);
    const events: LifeEvent[] = [];
    let next = 0;
    for (let at = start; at < start + DAY_MS; at += RISK_EVERY_MS) {
      for (
        let incident = incidents[next];
        incident !== undefined && incident.at <= at;
        incident = incidents[next]
      ) {
        this.#raise(raised, incident, (incident.at - at) / FADES_MS);
        next += 1;
      }
      const hour = 0.45 + 0.55 * busyness(at, this.#calendar);
      const risks = grids.flatMap(({ id: gridId }, index) => {
        const usual = (this.#usual[index] ?? 0) * hour * (this.#wobbles[index]?.(at) ?? 1);
        const level = Math.round(Math.min(100, usual + (raised[index] ?? 0)));
        if (Math.abs(level - (told[index] ?? 0)) < STEP) return [];
        told[index] = level;
        return [{ gridId, level }];
      });
      if (risks.length > 0)
        events.push({ source: 'demo-risk', key: `risk/${at}`, at, event: { kind: 'grid.risk', risks } });
      for (let index = 0; index < raised.length; index += 1)
        raised[index] = (raised[index] ?? 0) * Math.exp(-RISK_EVERY_MS / FADES_MS);
    }
    return events;
  }

  #raise(raised: Float64Array, { point, priority }: PlannedIncident, age: number): void {
    const weight = (RAISES[priority] ?? 0) * Math.exp(age);
    for (const [index, { middle }] of this.#pack.grids.entries()) {
      const square = ((middle.x - point.x) ** 2 + (middle.y - point.y) ** 2) / REACH_METRES ** 2;
      if (square < 7) raised[index] = (raised[index] ?? 0) + weight * Math.exp(-square);
    }
  }
}

/** A slow swell over city and days, 0.75 to 1.25: long waves in place and time, so neighbours rise together. */
function waves(seed: number, points: readonly Point[]): readonly ((at: number) => number)[] {
  const random = seededRandom(seed, 'risk/waves');
  const swells = Array.from({ length: 4 }, () => {
    const angle = random.between(0, 2 * Math.PI);
    const perMetre = (2 * Math.PI) / random.between(3_000, 7_000);
    return {
      x: Math.cos(angle) * perMetre,
      y: Math.sin(angle) * perMetre,
      perMs: (2 * Math.PI) / (random.between(7, 40) * HOUR_MS),
      phase: random.between(0, 2 * Math.PI),
    };
  });
  return points.map(
    (point) => (at) =>
      swells.reduce(
        (sum, { x, y, perMs, phase }) => sum + Math.sin(point.x * x + point.y * y + at * perMs + phase) / 16,
        1,
      ),
  );
}
