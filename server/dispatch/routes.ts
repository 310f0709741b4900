import type { FastifyInstance } from 'fastify';
import { acknowledgedBySchema } from '@maplewall/shared/domain/event.ts';
import type { IncidentId } from '@maplewall/shared/domain/ids.ts';
import { idSchema, Type } from '@maplewall/shared/domain/schema.ts';
import type { UrgentIncidents } from '@maplewall/shared/wire/urgent-incidents.ts';
import type { World } from '@maplewall/shared/world/world.ts';
import type { Clock } from '../clock.ts';
import { replyFault } from '../http/fault-reply.ts';
import type { Log } from '../log/log.ts';
import { acknowledgeIncident } from './acknowledge-incident.ts';
import { urgentIncidents } from './urgent-incidents.ts';

export interface DispatchParts {
  readonly log: Log;
  readonly world: World;
  readonly clock: Clock;
}

/** Commands of supervisors, who bring the admin key (route-rights.ts): each becomes a record, and its outcome reaches all screens as all news do. */
export function dispatchRoutes(app: FastifyInstance, parts: DispatchParts): void {
  app.get(
    '/api/incidents/urgent',
    { schema: { summary: 'Open incidents of priority 1, and who acknowledged them', tags: ['dispatch'] } },
    (_, reply) =>
      reply
        .header('cache-control', 'no-store')
        .send({ incidents: urgentIncidents(parts.world) } satisfies UrgentIncidents),
  );

  app.post<{ Params: { incidentId: IncidentId }; Body: { by: string } }>(
    '/api/incidents/:incidentId/acknowledge',
    {
      bodyLimit: 4_096,
      schema: {
        summary: 'Acknowledges an incident: its alarm is cleared on all screens',
        tags: ['dispatch'],
        security: [{ adminKey: [] }],
        params: Type.Object({ incidentId: idSchema<IncidentId>("The source's own number") }),
        body: Type.Object({ by: acknowledgedBySchema }, { additionalProperties: false }),
      },
    },
    async (request, reply) => {
      const done = await acknowledgeIncident(parts, request.params.incidentId, request.body.by);
      return done.ok ? reply.send(done.value) : replyFault(reply, done.fault);
    },
  );
}
