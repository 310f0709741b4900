import { isUtf8 } from 'node:buffer';
import { parse as parseForm } from 'node:querystring';
import type {
  FastifyInstance,
  FastifyReply,
  FastifyRequest,
  FastifySchema,
  RouteShorthandOptions,
} from 'fastify';
import { fault, type Fault } from '@maplewall/shared/domain/fault.ts';
import { Type } from '@maplewall/shared/domain/schema.ts';
import type { Source, SourceKeys } from '../access/source-keys.ts';
import { replyError, replyFault } from '../http/fault-reply.ts';
import { parseJson } from './json-body.ts';

const MAX_FORM_FIELDS = 100;

/** How a fault is answered, for the OpenAPI page. */
export const faultBodySchema = Type.Object({
  code: Type.String(),
  field: Type.String({ description: 'Dotted path of what is wrong; empty where it is the whole' }),
  sentence: Type.Object({ 'zh-CN': Type.String(), en: Type.String() }),
});

/** A body that was read and could not be understood; the route answers with the fault. */
export class BadBody {
  readonly fault: Fault;
  constructor(given: Fault) {
    this.fault = given;
  }
}

/**
 * Sets how bodies are read here: JSON and forms once, from bytes, and nothing else. Compressed bodies are refused, and so
 * is every type that no route takes.
 */
export function readBodiesStrictly(app: FastifyInstance): void {
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('application/json', { parseAs: 'buffer' }, (_, bytes: Buffer, done) => {
    const parsed = bytes.length === 0 ? undefined : parseJson(bytes);
    done(null, parsed === undefined || parsed.ok ? parsed?.value : new BadBody(parsed.fault));
  });
  app.addContentTypeParser(
    'application/x-www-form-urlencoded',
    { parseAs: 'buffer' },
    (_, bytes: Buffer, done) => {
      done(null, readForm(bytes));
    },
  );
  app.addHook('onRequest', (request, reply, done) => {
    const encoding = request.headers['content-encoding'];
    if (encoding === undefined || encoding === 'identity') done();
    else void replyFault(reply, fault('request.unsupportedType', 'content-encoding'));
  });
  app.setErrorHandler((error, request, reply) => answerError(error, request, reply));
}

/** A form, or what is wrong with it: bytes that are no UTF-8, as they are or behind `%`, would all become U+FFFD. */
function readForm(bytes: Buffer): object {
  const notUtf8 = new BadBody(fault('request.invalid', '', { reason: 'it is not UTF-8' }));
  if (!isUtf8(bytes)) return notUtf8;
  const text = bytes.toString('utf8');
  try {
    decodeURIComponent(text.replaceAll(/%(?![\da-f]{2})/gi, '%25'));
  } catch {
    return notUtf8;
  }
  return parseForm(text, undefined, undefined, { maxKeys: MAX_FORM_FIELDS });
}

function answerError(error: unknown, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const code = hasField(error, 'code') ? error.code : undefined;
  if (code === 'FST_ERR_CTP_BODY_TOO_LARGE')
    return replyFault(reply, fault('request.tooLarge', '', { limit: request.routeOptions.bodyLimit }));
  const status = hasField(error, 'statusCode') ? error.statusCode : undefined;
  if (error instanceof Error && typeof status === 'number' && status < 500)
    return replyError(Object.assign(error, { code: String(code) }), request, reply);
  // Never the address: OsmAnd's holds the key.
  request.log.error({ error, route: request.routeOptions.url }, 'an unexpected error');
  return replyFault(reply, fault('server.unexpected'));
}

const hasField = <Name extends string>(value: unknown, name: Name): value is Record<Name, unknown> =>
  typeof value === 'object' && value !== null && name in value;

/** Options of a route whose schema is for the OpenAPI page alone: what comes in is checked by hand. */
export const shownOnly = (schema: FastifySchema, bodyLimit: number): RouteShorthandOptions => ({
  schema,
  bodyLimit,
  validatorCompiler: () => () => true,
  serializerCompiler: () => (value) => JSON.stringify(value),
});

/** The source whose key came as `authorization: Bearer KEY`, or what is wrong with the key. */
export function sourceOf(request: FastifyRequest, sourceKeys: SourceKeys): Source | Fault {
  const found = /^Bearer +(\S+) *$/i.exec(request.headers.authorization ?? '');
  if (found === null) return fault('access.keyMissing', 'authorization');
  return sourceKeys.check(found[1] ?? '') ?? fault('access.keyWrong', 'authorization');
}

export const isFault = (value: object): value is Fault => 'code' in value && 'values' in value;
