import type { FastifyInstance } from 'fastify';
import { Type } from '@maplewall/shared/domain/schema.ts';
import { fault } from '@maplewall/shared/domain/fault.ts';
import { replyFault } from '../http/fault-reply.ts';
import type { History } from './history.ts';

const bytes = (description: string) => Type.Integer({ minimum: 0, description });
const fileSize = Type.Object({
  bytes: bytes('What the file takes'),
  reusableBytes: bytes('How much of it is used again before it grows'),
});
const growth = Type.Object({
  days: Type.Integer({ description: 'Whole days that were measured, seven at most' }),
  positionsPerDay: bytes('Positions in the log'),
  eventsPerDay: bytes('Events in the log'),
  historyPerDay: bytes('Segments and their index'),
  knownPerDay: bytes('The past as the wall knew it'),
  coveragePerDay: bytes('The course of coverage; 0 while that is not known'),
  daysUntilFull: Type.Union([Type.Integer(), Type.Null()], {
    description: 'Null: not within a hundred years',
  }),
  bytesInAYear: bytes('What log, history, what was known and coverage take together in a year'),
  positionsAtMost: Type.Union([Type.Integer(), Type.Null()], {
    description: 'What the kept positions take at most; null where they are kept for ever',
  }),
});
const reportSchema = Type.Object({
  log: fileSize,
  history: fileSize,
  known: fileSize,
  coverage: fileSize,
  others: fileSize,
  disk: Type.Object({ totalBytes: bytes('Of the disk that holds them'), freeBytes: bytes('Of these, free') }),
  keepPositionsDays: Type.Union([Type.Integer(), Type.Null()], {
    description: 'Null: positions are kept for ever',
  }),
  keepSegmentsDays: Type.Union([Type.Integer(), Type.Null()], {
    description: 'Null: every day can be replayed for ever',
  }),
  thinPositions: Type.Union(
    [
      Type.Object({
        afterDays: Type.Integer({ description: 'How old positions are when they are thinned' }),
        toSeconds: Type.Integer({ description: 'So many seconds for each fix of a responder that stays' }),
      }),
      Type.Null(),
    ],
    { description: 'Null: positions are not thinned' },
  ),
  finalMinutes: Type.Integer({
    description: 'Minutes whose positions are not in the log any more, or thinned',
  }),
  recordsAfter: Type.Integer({ description: 'Records that came too late for one of these minutes' }),
  notRight: Type.Union(
    [
      Type.Object({
        day: Type.String({ description: 'Of the first of them, by the clocks of the city' }),
        minute: Type.String({ description: 'HH:MM' }),
        minutes: Type.Integer({ description: 'How many there are' }),
      }),
      Type.Null(),
    ],
    {
      description:
        'Old minutes whose segment does not say what their records say: their positions stay, and the replay of days from the first on does not end. Null: none',
    },
  ),
  growth: Type.Union([growth, Type.Null()], {
    description: 'Null until a whole day with records was measured',
  }),
});

/** What is kept and how long the disk suffices, for the administrator. */
export function storageRoutes(app: FastifyInstance, { history }: { readonly history: History }): void {
  app.get(
    '/api/admin/storage',
    {
      schema: {
        summary: 'What is kept takes, how fast it grows, and how long the disk suffices',
        tags: ['gateway'],
        security: [{ adminKey: [] }],
        response: { 200: reportSchema },
      },
    },
    async (_, reply) => {
      const report = await history.storage();
      if (report === 'unavailable') return replyFault(reply, fault('server.unavailable'));
      return reply.header('cache-control', 'no-store').send(report);
    },
  );
}
