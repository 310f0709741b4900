import { randomUUID } from 'node:crypto';
import { fail, ok, type Result } from '@maplewall/shared/domain/fault.ts';
import type { IncidentId } from '@maplewall/shared/domain/ids.ts';
import type { Incident } from '@maplewall/shared/domain/incident.ts';
import { SUPERVISOR } from '@maplewall/shared/domain/supervisor.ts';
import type { EpochMs } from '@maplewall/shared/domain/units.ts';
import { isEnded } from '@maplewall/shared/rules/incident-states.ts';
import type { World } from '@maplewall/shared/world/world.ts';
import type { Clock } from '../clock.ts';
import type { Log } from '../log/log.ts';

export interface Acknowledgement {
  readonly incidentId: IncidentId;
  readonly acknowledgedAt: EpochMs;
  readonly acknowledgedBy: string;
}

/**
 * Writes that somebody took notice of an incident. The log decides who was first, and everybody is answered with the
 * acknowledgement that holds; of an incident that was acknowledged before, nothing is written.
 * @throws when the log cannot be written
 */
export async function acknowledgeIncident(
  { log, world, clock }: { readonly log: Log; readonly world: World; readonly clock: Clock },
  incidentId: IncidentId,
  by: string,
): Promise<Result<Acknowledgement>> {
  const incident = world.incidents.get(incidentId);
  if (incident === undefined) return fail('incident.unknown', 'incidentId');
  const before = acknowledgementOf(incident);
  if (before !== undefined) return ok(before);
  if (isEnded(incident.state)) return fail('incident.ended', 'incidentId');
  const now = clock.now();
  await log.append([
    {
      type: 'event',
      at: now,
      receivedAt: now,
      source: SUPERVISOR,
      // What is said of an exercise is part of the exercise.
      mode: incident.mode,
      key: `acknowledge ${randomUUID()}`,
      event: { kind: 'incident.acknowledged', incidentId, by },
    },
  ]);
  const after = world.incidents.get(incidentId);
  return ok(
    (after === undefined ? undefined : acknowledgementOf(after)) ?? {
      incidentId,
      acknowledgedAt: now,
      acknowledgedBy: by,
    },
  );
}

const acknowledgementOf = ({ id, acknowledgedAt, acknowledgedBy }: Incident): Acknowledgement | undefined =>
  acknowledgedAt === undefined ? undefined : { incidentId: id, acknowledgedAt, acknowledgedBy };
