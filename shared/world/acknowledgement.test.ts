import { beforeEach, describe, expect, it } from 'vitest';
import type { CityEvent } from '../domain/event.ts';
import type { IncidentId, SourceId } from '../domain/ids.ts';
import type { Incident, Priority } from '../domain/incident.ts';
import { epochMs, lat, lng, seqNo } from '../domain/units.ts';
import { emptyWorld } from './empty-world.ts';
import { applyEvent } from './fold.ts';
import { worldHash } from './world-hash.ts';
import type { World } from './world.ts';

const START = Date.UTC(2026, 10, 23, 8);
const incidentId = 'J-1' as IncidentId;

let world: World;
beforeEach(() => {
  world = emptyWorld();
});

/** Folds an event that happened so many seconds after START; answers whether it changed the world. */
function happens(atSeconds: number, event: CityEvent): boolean {
  const at = epochMs(START + atSeconds * 1000);
  const head = { seq: seqNo(world.seq + 1), at, receivedAt: at, key: `k${world.seq}` };
  return applyEvent(world, { ...head, type: 'event', source: '110' as SourceId, mode: 'Actual', event })
    .changed;
}

const received = (atSeconds: number, priority: Priority): boolean =>
  happens(atSeconds, {
    kind: 'incident.received',
    incidentId,
    category: 'criminal',
    priority,
    lng: lng(120.55),
    lat: lat(27.58),
    place: '沿江路',
  });
const acknowledged = (atSeconds: number, by: string): boolean =>
  happens(atSeconds, { kind: 'incident.acknowledged', incidentId, by });

function incident(): Pick<Incident, 'acknowledgedAt' | 'acknowledgedBy'> {
  const found = world.incidents.get(incidentId);
  if (found === undefined) throw new Error('there is no incident');
  return { acknowledgedAt: found.acknowledgedAt, acknowledgedBy: found.acknowledgedBy };
}
const NOBODY = { acknowledgedAt: undefined, acknowledgedBy: '' };

describe('[FLD19] an acknowledgement', () => {
  it('is kept with its time and its name, and the first one counts', () => {
    received(0, 1);
    expect(incident()).toEqual(NOBODY);
    expect(acknowledged(20, 'Lin')).toBe(true);
    expect(acknowledged(10, 'Wu')).toBe(false);
    expect(incident()).toEqual({ acknowledgedAt: START + 20_000, acknowledgedBy: 'Lin' });
  });

  it('makes another world, with another hash for another name', () => {
    received(0, 1);
    const hashes = ['', 'Lin', 'Wu'].map((acknowledgedBy) => {
      Object.assign(world.incidents.get(incidentId) ?? {}, {
        acknowledgedBy,
        acknowledgedAt: acknowledgedBy === '' ? undefined : epochMs(START),
      });
      return worldHash(world);
    });
    expect(new Set(hashes).size).toBe(3);
  });

  it('is forgotten when the incident becomes more urgent, and kept when it becomes less so', () => {
    received(0, 2);
    acknowledged(5, 'Lin');
    happens(6, { kind: 'incident.reprioritised', incidentId, priority: 3 });
    expect(incident().acknowledgedBy).toBe('Lin');
    happens(7, { kind: 'incident.reprioritised', incidentId, priority: 1 });
    expect(incident()).toEqual(NOBODY);
    expect(acknowledged(8, 'Wu')).toBe(true);
  });

  it('is not taken for what has ended, and is forgotten when that is reopened or begins anew', () => {
    received(0, 1);
    acknowledged(1, 'Lin');
    happens(2, { kind: 'incident.stage', incidentId, stage: 'closed' });
    expect(incident().acknowledgedBy).toBe('Lin');
    happens(3, { kind: 'incident.reopened', incidentId });
    expect(incident()).toEqual(NOBODY);
    happens(4, { kind: 'incident.cancelled', incidentId });
    expect(acknowledged(5, 'Wu')).toBe(false);
    received(6, 1);
    expect(incident()).toEqual(NOBODY);
  });
});
