import type { FastifyInstance } from 'fastify';
import { fault } from '@maplewall/shared/domain/fault.ts';
import { textSchema, Type } from '@maplewall/shared/domain/schema.ts';
import type { EpochMs } from '@maplewall/shared/domain/units.ts';
import { NOTE_LENGTH, type NotesOfDay } from '@maplewall/shared/wire/notes.ts';
import type { History } from '../history/history.ts';
import { replyFault } from '../http/fault-reply.ts';
import type { Notes } from './notes.ts';

const tags = ['notes'];
const security = [{ adminKey: [] }];
/** Five hundred characters of four bytes, each of them escaped. */
const bodyLimit = 8_192;
const text = textSchema(NOTE_LENGTH, 'What it says');
const params = Type.Object({ id: Type.String({ maxLength: 40 }) });

/** Notes on the line of a day. Viewers read them; rights are given by route-rights.ts. */
export function noteRoutes(
  app: FastifyInstance,
  { notes, history }: { readonly notes: Notes; readonly history: Pick<History, 'calendarDay'> },
): void {
  app.get<{ Querystring: { day: string } }>(
    '/api/notes',
    {
      schema: {
        summary: 'Notes on the line of a day, in the order of their moments',
        tags,
        querystring: Type.Object({
          day: Type.String({ description: 'YYYY-MM-DD in the time zone of the city', maxLength: 20 }),
        }),
      },
    },
    (request, reply) => {
      const day = history.calendarDay(request.query.day);
      if (day === undefined) return replyFault(reply, fault('history.day.invalid', 'day'));
      const answer: NotesOfDay = { notes: notes.of(day) };
      return reply.header('cache-control', 'no-cache').send(answer);
    },
  );

  app.post<{ Body: { at: EpochMs; text: string } }>(
    '/api/notes',
    {
      bodyLimit,
      schema: {
        summary: 'Writes a note at a moment',
        tags,
        security,
        body: Type.Object(
          {
            at: Type.Integer({ minimum: 0, maximum: 8.64e15, description: 'Milliseconds since 1970' }),
            text,
          },
          { additionalProperties: false },
        ),
      },
    },
    (request, reply) => {
      const written = notes.add(request.body.at, request.body.text);
      return written.ok ? reply.code(201).send(written.value) : replyFault(reply, written.fault);
    },
  );

  app.patch<{ Params: { id: string }; Body: { text: string } }>(
    '/api/notes/:id',
    {
      bodyLimit,
      schema: {
        summary: 'Gives a note another text',
        tags,
        security,
        params,
        body: Type.Object({ text }, { additionalProperties: false }),
      },
    },
    (request, reply) => {
      const written = notes.rewrite(request.params.id, request.body.text);
      return written.ok ? reply.send(written.value) : replyFault(reply, written.fault);
    },
  );

  app.delete<{ Params: { id: string } }>(
    '/api/notes/:id',
    { schema: { summary: 'Takes a note away', tags, security, params } },
    (request, reply) => {
      const removed = notes.remove(request.params.id);
      return removed.ok ? reply.code(204).send() : replyFault(reply, removed.fault);
    },
  );
}
