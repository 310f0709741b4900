import { monitorEventLoopDelay } from 'node:perf_hooks';
import type { FastifyInstance } from 'fastify';
import type { Walls } from '@maplewall/shared/wire/walls.ts';
import { toPrometheus, type GatewayFigures } from './metrics.ts';
import type { WallRegistry } from './walls.ts';

export interface WallParts {
  readonly walls: WallRegistry;
  readonly figures: () => Omit<GatewayFigures, 'eventLoopDelaySeconds'>;
}

const NANOSECONDS = 1e9;

/** What the screens say of themselves, for people and for Prometheus. */
export function wallRoutes(app: FastifyInstance, { walls, figures }: WallParts): void {
  const delay = monitorEventLoopDelay({ resolution: 20 });
  delay.enable();
  app.addHook('onClose', () => {
    delay.disable();
  });
  app.get(
    '/api/walls',
    {
      schema: {
        summary: 'Every screen: whether it is connected, what it draws, whether it stands still',
        tags: ['screens'],
      },
    },
    (_, reply) => reply.header('cache-control', 'no-store').send({ walls: walls.list() } satisfies Walls),
  );
  app.get('/metrics', { schema: { hide: true } }, (_, reply) => {
    const quantile = (share: number): number => delay.percentile(share) / NANOSECONDS;
    const eventLoopDelaySeconds = { p50: quantile(50), p99: quantile(99), max: delay.max / NANOSECONDS };
    delay.reset();
    return reply
      .type('text/plain; version=0.0.4; charset=utf-8')
      .send(toPrometheus({ ...figures(), eventLoopDelaySeconds }, walls.list()));
  });
}
