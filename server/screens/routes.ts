import type { FastifyInstance } from 'fastify';
import { adminRoutes, type AdminParts } from './admin-routes.ts';
import { layoutRoutes } from './layout-routes.ts';
import { pairingRoutes, type PairingParts } from './pairing-routes.ts';
import { wallRoutes, type WallParts } from './wall-routes.ts';

/** Everything about screens: how they are admitted, how they are set up, and how they are. */
export function screenRoutes(app: FastifyInstance, parts: AdminParts & PairingParts & WallParts): void {
  pairingRoutes(app, parts);
  adminRoutes(app, parts);
  layoutRoutes(app, parts);
  wallRoutes(app, parts);
}
