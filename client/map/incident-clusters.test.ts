import type { IncidentId } from '@maplewall/shared/domain/ids.ts';
import type { Priority } from '@maplewall/shared/domain/incident.ts';
import { epochMs } from '@maplewall/shared/domain/units.ts';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ClientWorld } from '../world/client-world.ts';
import { HIDDEN_IN_CLUSTER, INCIDENT_STRIDE_BYTES } from '../world/incident-marks.ts';
import { CENTRE, EVENING, SmallCity } from '../world/small-city.ts';
import { clusterIncidents } from './incident-clusters.ts';

interface Given {
  readonly priority: Priority;
  readonly east: number;
  readonly north: number;
  readonly secondsAgo: number;
  readonly end: 'closed' | 'diverted' | undefined;
}
const incidents = fc.array(
  fc.record<Given>({
    priority: fc.constantFrom(1, 2, 3, 4),
    east: fc.integer({ min: 0, max: 400 }),
    north: fc.integer({ min: 0, max: 400 }),
    secondsAgo: fc.integer({ min: 0, max: 900 }),
    end: fc.constantFrom('closed', 'diverted', undefined),
  }),
  { maxLength: 40 },
);

function marksOf(list: readonly Given[]) {
  const city = new SmallCity();
  const clientWorld = new ClientWorld({ city: { centre: CENTRE }, now: () => EVENING });
  for (const [index, { priority, east, north, secondsAgo, end }] of list.entries()) {
    const incidentId = `I${index}` as IncidentId;
    const at = epochMs(EVENING - secondsAgo * 1_000);
    const lng = (CENTRE.lng + east * 1e-4) as typeof CENTRE.lng;
    const lat = (CENTRE.lat + north * 1e-4) as typeof CENTRE.lat;
    city.happens(at, {
      kind: 'incident.received',
      incidentId,
      category: 'help',
      priority,
      lng,
      lat,
      place: 'x',
    });
    if (end === 'closed') city.happens(EVENING, { kind: 'incident.stage', incidentId, stage: 'closed' });
    if (end === 'diverted')
      city.happens(EVENING, { kind: 'incident.diverted', incidentId, platform: 'governance' });
  }
  clientWorld.onBatch(city.keyframe(EVENING));
  return clientWorld;
}

describe('marks of incidents that lie upon each other', () => {
  it('are one with their number; none is lost, what stands for them is the worst and near, and all are open', () => {
    fc.assert(
      fc.property(incidents, fc.double({ min: 0.001, max: 0.2, noNaN: true }), (list, within) => {
        const { incidentMarks, clock, world } = marksOf(list);
        const { table, ids } = incidentMarks;
        const clusters = clusterIncidents(table, clock.toSeconds(EVENING), within);
        const rows = ids.map((id, row) => ({
          incident: world.incidents.get(id),
          stands: table.bytes[row * INCIDENT_STRIDE_BYTES + 27] ?? 0,
          x: table.floats[row * 8] ?? 0,
          y: table.floats[row * 8 + 1] ?? 0,
        }));
        const leaders = rows.filter(({ stands }) => stands > 0 && stands !== HIDDEN_IN_CLUSTER);
        const hidden = rows.filter(({ stands }) => stands === HIDDEN_IN_CLUSTER);
        expect(leaders.length).toBe(clusters);
        expect(leaders.reduce((sum, { stands }) => sum + stands - 1, 0)).toBe(hidden.length);
        for (const one of [...leaders, ...hidden])
          expect(['closed', 'diverted']).not.toContain(one.incident?.state);
        for (const one of hidden) {
          const near = leaders.filter(
            ({ x, y, incident }) =>
              Math.hypot(x - one.x, y - one.y) <= within + 1e-6 &&
              (incident?.priority ?? 9) <= (one.incident?.priority ?? 0),
          );
          expect(near.length).toBeGreaterThan(0);
          const isUrgent = (one.incident?.priority ?? 9) <= 2;
          const age = (EVENING - (one.incident?.times.received ?? 0)) / 1_000;
          expect(isUrgent && age < 120).toBe(false);
        }
      }),
      { seed: 72, numRuns: 200 },
    );
  });

  it('part again when the camera comes nearer', () => {
    const one = { priority: 3, north: 0, secondsAgo: 300, end: undefined } as const;
    const { incidentMarks, clock } = marksOf([
      { ...one, east: 0 },
      { ...one, east: 50 },
    ]);
    const seconds = clock.toSeconds(EVENING);
    expect(clusterIncidents(incidentMarks.table, seconds, 0.1)).toBe(1);
    expect(clusterIncidents(incidentMarks.table, seconds, 0.001)).toBe(0);
    expect([27, 59].map((byte) => incidentMarks.table.bytes[byte])).toEqual([0, 0]);
  });
});
