import type { FastifyInstance } from 'fastify';
import { Type, type Static } from 'typebox';
import { fail, ok, type Result } from '@maplewall/shared/domain/fault.ts';
import { minuteOf } from '@maplewall/shared/domain/units.ts';
import { compareRanges, type RangeCoverage } from '../history/compare.ts';
import type { History, Span } from '../history/history.ts';
import { replyFault } from '../http/fault-reply.ts';
import { boundOf } from './http-words.ts';
import type { CoursePoint } from './course-store.ts';
import type { Reach } from './reach.ts';

/** A day with a clock change in it. */
const MOST_HOURS = 25;
const range = Type.String({
  maxLength: 90,
  pattern: '^[^/]+/[^/]+$',
  description: 'From a moment up to another: 2026-11-06T18:00:00+08:00/2026-11-07T00:00:00+08:00',
});
const compareQuery = Type.Object({ a: range, b: range });

/** Two days or evenings beside each other. It stands here because coverage does. */
export function compareRoutes(
  app: FastifyInstance,
  { reach, history }: { readonly reach: Reach; readonly history: History },
): void {
  app.get<{ Querystring: Static<typeof compareQuery> }>(
    '/api/history/compare',
    {
      schema: {
        summary:
          'Two ranges of a day at most on the same clock: incidents by category, hour and place, and coverage',
        tags: ['history'],
        querystring: compareQuery,
      },
    },
    (request, reply) => {
      const a = spanOf(request.query.a, 'a');
      if (!a.ok) return replyFault(reply, a.fault);
      const b = spanOf(request.query.b, 'b');
      if (!b.ok) return replyFault(reply, b.fault);
      const spans = [a.value, b.value] as const;
      const [courseA = [], courseB = []] = reach.courses(spans, 0);
      const coverage = [sinceStart(a.value, courseA), sinceStart(b.value, courseB)] as const;
      return reply.header('cache-control', 'no-cache').send(compareRanges(history, spans, coverage));
    },
  );
}

const sinceStart = ({ startsAt }: Span, course: readonly CoursePoint[]): RangeCoverage =>
  course.map(({ minute, shares }) => ({ minute: minute - minuteOf(startsAt), ...shares }));

function spanOf(text: string, field: 'a' | 'b'): Result<Span> {
  const [from = '', to = ''] = text.split('/');
  const startsAt = boundOf(from, field);
  if (!startsAt.ok) return startsAt;
  const endsAt = boundOf(to, field);
  if (!endsAt.ok) return endsAt;
  const length = endsAt.value - startsAt.value;
  if (length <= 0 || length > MOST_HOURS * 3_600_000)
    return fail('range.invalid', field, { hours: MOST_HOURS });
  return ok({ startsAt: startsAt.value, endsAt: endsAt.value });
}
