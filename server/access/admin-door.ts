import { fault, type Fault } from '@maplewall/shared/domain/fault.ts';
import type { AdminKey } from './admin-key.ts';
import { WrongKeys } from './wrong-keys.ts';

/** What the doors look at of a request; Fastify's and Node's both have it. */
export interface KnockingRequest {
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
  readonly socket: { readonly remoteAddress?: string | undefined };
}

/** Lets in whoever brings `authorization: Bearer ADMIN_KEY`; an address that brings many wrong ones has to wait. */
export class AdminDoor {
  readonly #adminKey: AdminKey;
  readonly #now: () => number;
  readonly #wrongKeys = new WrongKeys();

  constructor(adminKey: AdminKey, now: () => number) {
    this.#adminKey = adminKey;
    this.#now = now;
  }

  /** Why the request does not come from the administrator; undefined when it does. */
  check(request: KnockingRequest): Fault | undefined {
    const { authorization } = request.headers;
    const key = /^Bearer +(\S{1,200}) *$/i.exec(typeof authorization === 'string' ? authorization : '')?.[1];
    if (key === undefined) return fault('access.adminKeyMissing', 'authorization');
    const address = request.socket.remoteAddress ?? '';
    const now = this.#now();
    const waitMs = this.#wrongKeys.waitMs(address, now);
    if (waitMs > 0)
      return fault('access.tooManyWrongKeys', 'authorization', { seconds: Math.ceil(waitMs / 1_000) });
    if (this.#adminKey.isRight(key)) return undefined;
    this.#wrongKeys.strike(address, now);
    return fault('access.adminKeyWrong', 'authorization');
  }
}
