import { existsSync } from 'node:fs';
import formbody from '@fastify/formbody';
import helmet from '@fastify/helmet';
import rateLimit from '@fastify/rate-limit';
import fastifyStatic from '@fastify/static';
import swagger from '@fastify/swagger';
import swaggerUi from '@fastify/swagger-ui';
import { TypeBoxValidatorCompiler } from '@fastify/type-provider-typebox';
import Fastify, {
  LogController,
  type FastifyBaseLogger,
  type FastifyInstance,
  type FastifyRequest,
} from 'fastify';
import type { Logger } from 'pino';
import { fault, type Fault } from '@maplewall/shared/domain/fault.ts';
import { answerRaw, replyError, replyFault } from './fault-reply.ts';

/** Positions of a busy city come in large batches; nothing else does. */
const BODY_LIMIT_BYTES = 8 * 1024 * 1024;
/** Requests a minute from one address; a gateway of phones sends thousands. */
const REQUESTS_PER_MINUTE = 600_000;

/** A full batch over a thin line; a caller that is slower holds a connection for nothing. */
const REQUEST_TIMEOUT_MS = 120_000;
const HEADERS_TIMEOUT_MS = 20_000;
const TIMEOUTS_CHECKED_MS = 2_000;
/** A form holds one position. */
const FORM_LIMIT_BYTES = 64 * 1024;

export interface AppParts {
  readonly logger: Logger;
  /** Folder of the built screens. */
  readonly clientDir: string;
  readonly version: string;
  /** Why a request may not come to a route of this pattern; asked before its body is read. */
  readonly refusalOf: (
    method: string,
    route: string | undefined,
    request: FastifyRequest,
  ) => Fault | undefined;
}

/** The HTTP side of the gateway without its routes: limits, headers, OpenAPI page, screens, faults. */
export async function makeApp({ logger, clientDir, version, refusalOf }: AppParts): Promise<FastifyInstance> {
  const app: FastifyInstance = Fastify({
    loggerInstance: logger as FastifyBaseLogger,
    logController: new LogController({ disableRequestLogging: true }),
    bodyLimit: BODY_LIMIT_BYTES,
    forceCloseConnections: true,
    routerOptions: { maxParamLength: 200 },
    // Fastify by itself waits for ever for the rest of a request.
    requestTimeout: REQUEST_TIMEOUT_MS,
    http: { headersTimeout: HEADERS_TIMEOUT_MS, connectionsCheckingInterval: TIMEOUTS_CHECKED_MS },
    frameworkErrors: (error, request, reply) => void replyError(error, request, reply),
    clientErrorHandler: answerRaw,
  });
  app.setValidatorCompiler(TypeBoxValidatorCompiler);
  app.setErrorHandler(replyError);
  app.addHook('onRequest', async (request, reply) => {
    const refusal = refusalOf(request.method, request.routeOptions.url, request);
    if (refusal !== undefined) await replyFault(reply, refusal);
  });
  await app.register(helmet, {
    contentSecurityPolicy: {
      directives: {
        defaultSrc: ["'self'"],
        // MapLibre draws in a worker and makes images of its own; ECharts and deck.gl set styles in place.
        workerSrc: ["'self'", 'blob:'],
        imgSrc: ["'self'", 'data:', 'blob:'],
        styleSrc: ["'self'", "'unsafe-inline'"],
        scriptSrc: ["'self'"],
        connectSrc: ["'self'", 'ws:', 'wss:', 'data:', 'blob:'],
        fontSrc: ["'self'", 'data:'],
        // The watch page frames a wall of the same machine under its other name, so that it has a process of its own.
        frameSrc: ["'self'", 'http:', 'https:'],
        frameAncestors: ["'self'", 'http://localhost:*', 'http://127.0.0.1:*'],
        upgradeInsecureRequests: null,
      },
    },
    // Plain http on a closed network is the usual case; a proxy with TLS sets these itself.
    strictTransportSecurity: false,
    crossOriginOpenerPolicy: false,
    // Older than `frame-ancestors`, and unable to name more than one host.
    xFrameOptions: false,
    originAgentCluster: false,
  });
  await app.register(rateLimit, { max: REQUESTS_PER_MINUTE, timeWindow: '1 minute' });
  await app.register(formbody, { bodyLimit: FORM_LIMIT_BYTES });
  await app.register(swagger, {
    openapi: {
      info: { title: 'Maplewall 枫屏', description: 'Ingest, history and city of the command wall', version },
      components: {
        securitySchemes: {
          sourceKey: { type: 'http', scheme: 'bearer' },
          adminKey: { type: 'http', scheme: 'bearer' },
        },
      },
    },
  });
  await app.register(swaggerUi, { routePrefix: '/docs', staticCSP: true });
  if (existsSync(clientDir)) await registerScreens(app, clientDir);
  else app.setNotFoundHandler((_, reply) => replyFault(reply, fault('request.notFound')));
  return app;
}

async function registerScreens(app: FastifyInstance, clientDir: string): Promise<void> {
  await app.register(fastifyStatic, {
    root: clientDir,
    preCompressed: true,
    wildcard: true,
    setHeaders: (reply, path) => {
      // Names of built files carry their content's hash; the page itself does not.
      reply.header(
        'cache-control',
        path.includes('/assets/') ? 'public, max-age=31536000, immutable' : 'no-cache',
      );
    },
  });
  app.setNotFoundHandler((request, reply) => {
    const path = request.url.split('?')[0] ?? '';
    const isScreen = request.method === 'GET' && !path.startsWith('/api/') && !/\.\w+$/.test(path);
    return isScreen ? reply.sendFile('index.html') : replyFault(reply, fault('request.notFound'));
  });
}
