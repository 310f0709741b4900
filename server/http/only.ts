import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Fault } from '@maplewall/shared/domain/fault.ts';
import { replyFault } from './fault-reply.ts';

/** A hook for `onRequest` that answers with the fault that `check` finds, before the body is read. */
export const only =
  (check: (request: FastifyRequest) => Fault | undefined) =>
  async (request: FastifyRequest, reply: FastifyReply): Promise<void> => {
    const found = check(request);
    if (found !== undefined) await replyFault(reply, found);
  };
