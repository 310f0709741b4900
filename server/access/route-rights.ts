import type { Fault } from '@maplewall/shared/domain/fault.ts';
import type { AdminDoor, KnockingRequest } from './admin-door.ts';
import { isLocalRequest } from './local-request.ts';
import type { ViewerDoor } from './viewer-door.ts';

/** What a request needs. `metrics` is for programs: the gateway's own machine, or the admin key. */
export type Right = 'none' | 'view' | 'admin' | 'metrics';

/** Routes that look to themselves: senders bring keys of their own, and whoever is not admitted yet asks here. */
const OPEN = ['/api/health', '/api/screens/pairing', '/api/screens/pairing/collect', '/api/screens/session'];

/** Whoever looks at a wall sees where people are; only the administrator takes away where they have been, in whatever file. */
const ADMIN_READS = ['/api/export/positions', '/api/history/take-along'];

/**
 * What a route needs, by its pattern and not by the address as it was sent. Everything under /api that is not named here
 * may be looked at by viewers and changed by the administrator alone, so a new route is shut before it is open.
 */
export function rightFor(method: string, route: string | undefined): Right {
  if (route === '/metrics') return 'metrics';
  if (route === undefined || !route.startsWith('/api/')) return 'none';
  if (OPEN.includes(route) || route.startsWith('/api/ingest/')) return 'none';
  if (route.startsWith('/api/admin/') || ADMIN_READS.includes(route)) return 'admin';
  return method === 'GET' || method === 'HEAD' ? 'view' : 'admin';
}

/** Why this request may not do what it asks for; undefined when it may. */
export function refusalOf(
  doors: { readonly adminDoor: AdminDoor; readonly viewerDoor: ViewerDoor },
  right: Right,
  request: KnockingRequest,
): Fault | undefined {
  switch (right) {
    case 'none':
      return undefined;
    case 'view':
      return doors.viewerDoor.check(request);
    case 'admin':
      return doors.adminDoor.check(request);
    case 'metrics':
      return isLocalRequest(request) ? undefined : doors.adminDoor.check(request);
  }
}
