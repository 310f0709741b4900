import type { FastifyInstance } from 'fastify';
import { countersRoute } from './counters-http.ts';
import { eventsRoute } from './events-http.ts';
import { readBodiesStrictly } from './http-door.ts';
import type { Doors } from './doors.ts';
import { osmandRoutes } from './osmand-http.ts';
import { owntracksRoute } from './owntracks-http.ts';
import { positionsRoute } from './positions-http.ts';

/** All doors that speak HTTP, below `/api/ingest`. */
export async function ingestRoutes(app: FastifyInstance, doors: Doors): Promise<void> {
  readBodiesStrictly(app);
  eventsRoute(app, doors);
  positionsRoute(app, doors);
  osmandRoutes(app, doors);
  owntracksRoute(app, doors);
  countersRoute(app, doors);
}
