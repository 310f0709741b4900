import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify';
import { fault, faultSentence, faultStatus, type Fault } from '@maplewall/shared/domain/fault.ts';

/** How a fault looks in an HTTP answer. */
export interface FaultBody {
  readonly code: string;
  readonly field: string;
  readonly sentence: { readonly 'zh-CN': string; readonly en: string };
}

export const toFaultBody = (given: Fault): FaultBody => ({
  code: given.code,
  field: given.field,
  sentence: { 'zh-CN': faultSentence(given, 'zh-CN'), en: faultSentence(given, 'en') },
});

/** Answers with a fault's status and sentence. */
export function replyFault(reply: FastifyReply, given: Fault): FastifyReply {
  return reply.code(faultStatus(given)).type('application/json; charset=utf-8').send(toFaultBody(given));
}

/** What Fastify itself refuses (body, content type, schema) in our words; all else is unexpected and logged once. */
export function replyError(error: FastifyError, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const known = toFault(error);
  if (known !== undefined) return replyFault(reply, known);
  request.log.error({ error, url: request.url }, 'an unexpected error');
  return replyFault(reply, fault('server.unexpected'));
}

function toFault(error: FastifyError): Fault | undefined {
  if (error.validation !== undefined) {
    const [first] = error.validation;
    const place = first?.instancePath.replace(/^\//, '').replaceAll('/', '.') ?? '';
    return fault('request.invalid', [error.validationContext, place].filter(Boolean).join('.'), {
      reason: first?.message ?? 'not valid',
    });
  }
  switch (error.code) {
    case 'FST_ERR_CTP_BODY_TOO_LARGE':
      return fault('request.tooLarge', '', { limit: '' });
    case 'FST_ERR_CTP_INVALID_MEDIA_TYPE':
      return fault('request.unsupportedType');
    case 'FST_ERR_CTP_EMPTY_JSON_BODY':
    case 'FST_ERR_CTP_INVALID_JSON_BODY':
    case 'FST_ERR_CTP_INVALID_CONTENT_LENGTH':
      return fault('request.notJson');
  }
  if (error instanceof SyntaxError) return fault('request.notJson');
  if (error.statusCode === 429) return fault('request.tooMany');
  if (error.statusCode !== undefined && error.statusCode >= 400 && error.statusCode < 500)
    return fault('request.invalid', '', { reason: error.message });
  return undefined;
}
