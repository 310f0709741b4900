import { fault, type Fault } from '@maplewall/shared/domain/fault.ts';
import type { AdminDoor, KnockingRequest } from './admin-door.ts';
import { isLocalRequest } from './local-request.ts';
import { screenTokenOf } from './screen-cookie.ts';
import type { Screen, ScreenTokens } from './screen-tokens.ts';

/**
 * Who looks. `screen` was admitted and is known by its token; `local` sits at the gateway's own machine; `admin` brought the
 * admin key; `anybody` comes from somewhere while VIEWERS=open.
 */
export type Viewer =
  | { readonly role: 'screen'; readonly screen: Screen }
  | { readonly role: 'local' }
  | { readonly role: 'admin' }
  | { readonly role: 'anybody' };

export interface ViewerDoorParts {
  /** `open` lets everybody look who can reach the gateway. */
  readonly viewers: 'paired' | 'open';
  readonly screenTokens: ScreenTokens;
  readonly adminDoor: AdminDoor;
}

/** Decides who may look. Looking is all that it gives: whatever changes something needs the admin door. */
export class ViewerDoor {
  readonly #parts: ViewerDoorParts;

  constructor(parts: ViewerDoorParts) {
    this.#parts = parts;
  }

  identify(request: KnockingRequest): Viewer | undefined {
    const { viewers, screenTokens, adminDoor } = this.#parts;
    const token = screenTokenOf(request.headers['cookie']);
    const screen = token === undefined ? undefined : screenTokens.check(token);
    if (screen !== undefined) return { role: 'screen', screen };
    if (isLocalRequest(request)) return { role: 'local' };
    if (request.headers['authorization'] !== undefined && adminDoor.check(request) === undefined)
      return { role: 'admin' };
    return viewers === 'open' ? { role: 'anybody' } : undefined;
  }

  /** Why the request may not look; undefined when it may. */
  check(request: KnockingRequest): Fault | undefined {
    return this.identify(request) === undefined ? fault('access.notPaired') : undefined;
  }
}
