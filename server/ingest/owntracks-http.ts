import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { fail, fault, ok, type Result } from '@maplewall/shared/domain/fault.ts';
import { Type } from '@maplewall/shared/domain/schema.ts';
import type { SourceKeys } from '../access/source-keys.ts';
import { replyFault } from '../http/fault-reply.ts';
import { BadBody, faultBodySchema, shownOnly } from './http-door.ts';
import { parseOwntracks } from './owntracks.ts';
import { toCarrier, unregistered, type Carrier } from './phone.ts';
import type { Doors } from './doors.ts';

const BODY_LIMIT_BYTES = 64 * 1024;

/**
 * OwnTracks in HTTP mode (https://owntracks.org/booklet/tech/http/): `POST /api/ingest/owntracks` with Basic
 * authentication. The password is the device's own, or a source's key; then user and device come from `?u=&d=` or the
 * headers `X-Limit-U` and `X-Limit-D`. Answered with an empty list of commands; what is refused for what it says is
 * counted and answered likewise, because the app sends everything else again for ever.
 */
export function owntracksRoute(app: FastifyInstance, doors: Doors): void {
  app.post(
    '/api/ingest/owntracks',
    shownOnly(
      {
        summary: 'A message of OwnTracks in HTTP mode',
        tags: ['phones'],
        querystring: Type.Object({ u: Type.Optional(Type.String()), d: Type.Optional(Type.String()) }),
        response: { 200: Type.Array(Type.Object({})), '4xx': faultBodySchema, 503: faultBodySchema },
      },
      BODY_LIMIT_BYTES,
    ),
    (request, reply) => takeMessage(request, reply, doors),
  );
}

async function takeMessage(
  request: FastifyRequest,
  reply: FastifyReply,
  doors: Doors,
): Promise<FastifyReply> {
  const { ingest, sourceKeys } = doors;
  const found = carrierOfRequest(request, sourceKeys);
  if (!found.ok) {
    if (found.fault.code.startsWith('access.'))
      reply.header('www-authenticate', 'Basic realm="maplewall", charset="UTF-8"');
    return replyFault(reply, found.fault);
  }
  const { source, responderId, callSign } = found.value;
  const { body } = request;
  // OwnTracks sends an empty body when a friend was deleted.
  if (body === undefined || body === null) {
    ingest.count(source.id, 'phones.ignored');
    return reply.send([]);
  }
  const message = body instanceof BadBody ? { ok: false as const, fault: body.fault } : parseOwntracks(body);
  if (!message.ok) {
    ingest.count(source.id, message.fault.code);
    return replyFault(reply, message.fault);
  }
  if ('ignored' in message.value) {
    ingest.count(source.id, 'phones.ignored');
    return reply.send([]);
  }
  const refused = await ingest.takeFix(source, { ...message.value.fix, responderId }, callSign);
  return refused?.code === 'server.unavailable' ? replyFault(reply, refused) : reply.send([]);
}

function carrierOfRequest(request: FastifyRequest, sourceKeys: SourceKeys): Result<Carrier> {
  const found = /^Basic +([A-Za-z0-9+/=_-]+) *$/i.exec(request.headers.authorization ?? '');
  if (found === null) return fail('access.keyMissing', 'authorization');
  const [account = '', ...rest] = Buffer.from(found[1] ?? '', 'base64')
    .toString('utf8')
    .split(':');
  const password = rest.join(':');
  const user = firstOf(request, 'u', 'x-limit-u') ?? account;
  const device = firstOf(request, 'd', 'x-limit-d');
  const own = sourceKeys.checkPassword(account, password);
  if (own !== undefined)
    return (device ?? own.device) === own.device && user === own.user
      ? ok(toCarrier(own))
      : fail('access.keyWrong', 'authorization');
  const source = sourceKeys.check(password);
  if (source === undefined) return { ok: false, fault: fault('access.keyWrong', 'authorization') };
  if (device === undefined || device === '')
    return fail('request.invalid', 'd', { reason: 'is missing, and so is the header X-Limit-D' });
  const registered = sourceKeys.device(user, device);
  return registered?.source.id === source.id
    ? ok(toCarrier(registered))
    : unregistered(source, `${user}/${device}`);
}

/** From the address, else from the header; undefined when in neither. */
function firstOf(request: FastifyRequest, name: string, header: string): string | undefined {
  const inAddress = (request.query as Readonly<Record<string, unknown>>)[name];
  if (typeof inAddress === 'string') return inAddress;
  const inHeader = request.headers[header];
  return typeof inHeader === 'string' ? inHeader : undefined;
}
