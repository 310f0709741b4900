import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { fault, faultStatus, type Fault, type Result } from '@maplewall/shared/domain/fault.ts';
import { Type } from '@maplewall/shared/domain/schema.ts';
import type { EpochMs } from '@maplewall/shared/domain/units.ts';
import type { Source } from '../access/source-keys.ts';
import { replyFault, toFaultBody } from '../http/fault-reply.ts';
import { BadBody, faultBodySchema, shownOnly } from './http-door.ts';
import { parseOsmandFields, parseOsmandJson, type OsmandReport } from './osmand.ts';
import { carrierOf } from './phone.ts';
import type { Doors } from './doors.ts';

const BODY_LIMIT_BYTES = 64 * 1024;

const querySchema = Type.Object({
  id: Type.Optional(Type.String({ description: 'Device; also `deviceid`' })),
  lat: Type.Optional(Type.String()),
  lon: Type.Optional(Type.String({ description: 'Or `location=lat,lon`' })),
  timestamp: Type.Optional(
    Type.String({ description: 'Epoch seconds or milliseconds, ISO 8601, or yyyy-MM-dd HH:mm:ss (UTC)' }),
  ),
  speed: Type.Optional(Type.String({ description: 'Knots' })),
  bearing: Type.Optional(Type.String({ description: 'Degrees; also `heading`' })),
  accuracy: Type.Optional(Type.String({ description: 'Metres' })),
  batt: Type.Optional(Type.String({ description: 'Per cent' })),
});

/**
 * The OsmAnd protocol at `/api/ingest/osmand/KEY`: phone apps cannot set headers, so the key is in the address.
 *
 * A phone keeps what is not answered with 200 and sends it for ever, so a fix that is refused for what it says (too old a
 * repetition, outside the city, not on duty) is counted and answered with 200; 4xx is for what no repetition makes right.
 */
export function osmandRoutes(app: FastifyInstance, doors: Doors): void {
  const options = shownOnly(
    {
      summary: 'A fix of a phone: OsmAnd protocol, Traccar Client',
      tags: ['phones'],
      params: Type.Object({ sourceKey: Type.String() }),
      querystring: querySchema,
      response: { 200: Type.Null(), '4xx': faultBodySchema, 503: faultBodySchema },
    },
    BODY_LIMIT_BYTES,
  );
  const handler = (request: FastifyRequest, reply: FastifyReply) => takeReport(request, reply, doors);
  for (const url of ['/api/ingest/osmand/:sourceKey', '/api/ingest/osmand/:sourceKey/'])
    app.route({ ...options, method: ['GET', 'POST'], url, exposeHeadRoute: false, handler });
}

async function takeReport(request: FastifyRequest, reply: FastifyReply, doors: Doors): Promise<FastifyReply> {
  const { ingest, sourceKeys } = doors;
  const { sourceKey } = request.params as { readonly sourceKey: string };
  const source = sourceKeys.check(sourceKey);
  if (source === undefined) return replyFault(reply, fault('access.keyWrong', 'sourceKey'));
  const isJson = request.headers['content-type']?.startsWith('application/json') === true;
  const report = parseReport(request, isJson, ingest.clock.now());
  if (!report.ok) return refuse(reply, doors, source, report.fault);
  const carrier = carrierOf(sourceKeys, source, report.value.device);
  if (!carrier.ok) {
    ingest.count(source.id, carrier.fault.code);
    // The older clients know only 400, the newer ones 404.
    return reply.code(isJson ? faultStatus(carrier.fault) : 400).send(toFaultBody(carrier.fault));
  }
  const { message } = report.value;
  if ('ignored' in message) {
    ingest.count(source.id, 'phones.ignored');
    return reply.send();
  }
  const { responderId, callSign } = carrier.value;
  const refused = await ingest.takeFix(source, { ...message.fix, responderId }, callSign);
  return refused?.code === 'server.unavailable' ? replyFault(reply, refused) : reply.send();
}

function parseReport(request: FastifyRequest, isJson: boolean, now: EpochMs): Result<OsmandReport> {
  const { body } = request;
  if (body instanceof BadBody) return { ok: false, fault: body.fault };
  if (isJson) return parseOsmandJson(body);
  const form = typeof body === 'object' && body !== null ? body : {};
  return parseOsmandFields({ ...(request.query as object), ...form }, now);
}

function refuse(reply: FastifyReply, { ingest }: Doors, source: Source, given: Fault): FastifyReply {
  ingest.count(source.id, given.code);
  return replyFault(reply, given);
}
