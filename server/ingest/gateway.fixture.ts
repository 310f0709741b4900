import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { FastifyInstance } from 'fastify';
import { pino } from 'pino';
import type { ResponderId } from '@maplewall/shared/domain/ids.ts';
import type { LogRecord } from '@maplewall/shared/domain/record.ts';
import { epochMs, seqNo } from '@maplewall/shared/domain/units.ts';
import { openSourceKeys, type SourceKeys } from '../access/source-keys.ts';
import type { Clock } from '../clock.ts';
import { makeApp } from '../http/app.ts';
import type { Log } from '../log/log.ts';
import { openSqliteLog } from '../log/sqlite-log.ts';
import { makeIngest, type Ingest } from './ingest.ts';
import { ingestRoutes } from './routes.ts';

/** Somewhere in the bounds of the city below. */
export const HERE = { lng: 120.55, lat: 27.58 } as const;
export const NOW = epochMs(Date.UTC(2026, 10, 23, 8, 30, 10));
export const SECOND = 1_000;
export const MINUTE = 60_000;

export interface FakeClock extends Clock {
  pass(ms: number): void;
}

export function fakeClock(): FakeClock {
  let now = NOW;
  return {
    now: () => now,
    pass: (ms) => {
      now = epochMs(now + ms);
    },
  };
}

export const BOUNDS = [120.4, 27.4, 120.8, 27.7] as const;
export const silent = pino({ level: 'silent' });

export interface TestGateway {
  readonly app: FastifyInstance;
  readonly log: Log;
  readonly ingest: Ingest;
  readonly sourceKeys: SourceKeys;
  readonly clock: FakeClock;
  /** Key of the source `dispatch`, which checks nobody in. */
  readonly dispatchKey: string;
  /** Key of the source `phones`, which checks newcomers in. */
  readonly phonesKey: string;
  /** Everything in the log. */
  records(): Promise<LogRecord[]>;
  stop(): Promise<void>;
}

/** The ingest side of a gateway with a real SQLite file and real HTTP, `r1` on duty. */
export async function startTestGateway(): Promise<TestGateway> {
  const folder = await mkdtemp(join(tmpdir(), 'maplewall-ingest-'));
  const log = await openSqliteLog({ file: join(folder, 'log.db') });
  const sourceKeys = await openSourceKeys({ file: join(folder, 'sources.json') });
  const dispatchKey = await sourceKeys.replace({ source: 'dispatch', mode: 'Test', autoCheckIn: false });
  const phonesKey = await sourceKeys.replace({ source: 'phones', mode: 'Actual', autoCheckIn: true });
  const clock = fakeClock();
  const ingest = makeIngest({ log, clock, bounds: BOUNDS, logger: silent, onDuty: ['r1' as ResponderId] });
  const app = await makeApp({
    logger: silent,
    clientDir: join(folder, 'none'),
    version: 'test',
    refusalOf: () => undefined,
  });
  await app.register(ingestRoutes, { ingest, sourceKeys });
  await app.ready();
  return {
    app,
    log,
    ingest,
    sourceKeys,
    clock,
    dispatchKey,
    phonesKey,
    records: () => recordsOf(log),
    stop: async () => {
      await app.close();
      await ingest.close();
      await log.close();
      sourceKeys.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

export async function recordsOf(log: Log): Promise<LogRecord[]> {
  const found: LogRecord[] = [];
  for await (const records of log.read({ after: seqNo(0) })) found.push(...records);
  return found;
}

/** All fixes in the log as plain objects, in their order. */
export function fixesIn(
  records: readonly LogRecord[],
): { who: string; lng: number; lat: number; at: number }[] {
  return records.flatMap((record) =>
    record.type === 'positions'
      ? Array.from({ length: record.fixes.count }, (_, index) => {
          const { fixes } = record;
          return {
            who: fixes.responders[fixes.who[index] ?? -1] ?? '?',
            lng: (fixes.lngE5[index] ?? 0) / 100_000,
            lat: (fixes.latE5[index] ?? 0) / 100_000,
            at: (fixes.fixAtSeconds[index] ?? 0) * 1_000,
          };
        })
      : [],
  );
}
