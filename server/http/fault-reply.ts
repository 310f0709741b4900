import type { Socket } from 'node:net';
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
  const known = toFault(error, request);
  if (known !== undefined) return replyFault(reply, known);
  request.log.error({ error, url: request.url }, 'an unexpected error');
  return replyFault(reply, fault('server.unexpected'));
}

function toFault(error: FastifyError, request: FastifyRequest): Fault | undefined {
  if (error.validation !== undefined) {
    const [first] = error.validation;
    const place = first?.instancePath.replace(/^\//, '').replaceAll('/', '.') ?? '';
    const missing = missingIn(first?.params);
    return fault('request.invalid', [error.validationContext, place, missing].filter(Boolean).join('.'), {
      reason: missing === '' ? (first?.message ?? 'not valid') : 'it is missing',
    });
  }
  switch (error.code) {
    case 'FST_ERR_BAD_URL':
      return fault('request.invalid', 'url', { reason: 'it cannot be read' });
    case 'FST_ERR_CTP_BODY_TOO_LARGE':
      return fault('request.tooLarge', '', { limit: request.routeOptions.bodyLimit });
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

/** The first field that a schema asks for and that is not there; '' where that is not what is wrong. */
function missingIn(params: unknown): string {
  if (typeof params !== 'object' || params === null || !('requiredProperties' in params)) return '';
  const { requiredProperties } = params;
  return Array.isArray(requiredProperties) ? String(requiredProperties[0] ?? '') : '';
}

/** What did not become a request: bytes that are no HTTP, headers without end, or too slow ones. */
export function answerRaw(error: Error & { readonly code?: string }, socket: Socket): void {
  if (error.code === 'ECONNRESET' || !socket.writable) {
    socket.destroy();
    return;
  }
  const [status, reason] = RAW_ANSWERS[error.code ?? ''] ?? ['400 Bad Request', 'it is not HTTP'];
  const body = JSON.stringify(toFaultBody(fault('request.invalid', 'request', { reason })));
  socket.end(
    `HTTP/1.1 ${status}\r\nconnection: close\r\ncontent-type: application/json; charset=utf-8\r\n` +
      `content-length: ${Buffer.byteLength(body)}\r\n\r\n${body}`,
  );
}

const RAW_ANSWERS: Readonly<Record<string, readonly [status: string, reason: string]>> = {
  HPE_HEADER_OVERFLOW: ['431 Request Header Fields Too Large', 'its headers are too large'],
  ERR_HTTP_REQUEST_TIMEOUT: ['408 Request Timeout', 'it did not arrive in time'],
};
