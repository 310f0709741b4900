import type { FastifyInstance } from 'fastify';
import { Type, type Static } from 'typebox';
import { fail, ok, type Result } from '@maplewall/shared/domain/fault.ts';
import { replyFault } from '../http/fault-reply.ts';
import { daysBetween, heatOf } from './heat.ts';
import type { History } from './history.ts';
import type { LocalDay } from './local-day.ts';

const HOURS = '^([01]?\\d|2[0-3])-([01]?\\d|2[0-3])$';
/** A year and the month in which it is looked back on. */
const MOST_DAYS = 400;

const heatQuery = Type.Object({
  days: Type.Optional(
    Type.String({ maxLength: 11 * MOST_DAYS, description: 'Days as YYYY-MM-DD, with commas between them' }),
  ),
  from: Type.Optional(Type.String({ maxLength: 20, description: 'Instead of days: the first, YYYY-MM-DD' })),
  to: Type.Optional(Type.String({ maxLength: 20, description: 'And the last, YYYY-MM-DD' })),
  weekday: Type.Optional(
    Type.Integer({ minimum: 1, maximum: 7, description: 'Of these only such weekdays, 1 is Monday' }),
  ),
  hours: Type.Optional(
    Type.String({
      pattern: HOURS,
      default: '0-23',
      description: "First and last hour of the city's day, both included; 22-2 goes on behind midnight",
    }),
  ),
});
type HeatQuery = Static<typeof heatQuery>;

/** Where incidents were, over any days and hours. */
export function heatRoutes(app: FastifyInstance, { history }: { readonly history: History }): void {
  app.get<{ Querystring: HeatQuery }>(
    '/api/history/heat',
    {
      schema: {
        summary: 'Where incidents were on some days between some hours, by cells of half a kilometre',
        tags: ['history'],
        querystring: heatQuery,
      },
    },
    (request, reply) => {
      const days = daysOf(request.query, history);
      if (!days.ok) return replyFault(reply, days.fault);
      const [first = 0, last = 23] = (request.query.hours ?? '0-23').split('-').map(Number);
      return reply.header('cache-control', 'no-cache').send(heatOf(history, days.value, { first, last }));
    },
  );
}

function daysOf(
  { days, from, to, weekday }: HeatQuery,
  history: Pick<History, 'calendarDay' | 'timeZone'>,
): Result<readonly LocalDay[]> {
  if (days !== undefined) {
    const named = [...new Set(days.split(','))].map((name) => history.calendarDay(name));
    if (named.length > MOST_DAYS) return fail('history.days.tooMany', 'days', { most: MOST_DAYS });
    const known = named.filter((day) => day !== undefined);
    return known.length === named.length ? ok(known) : fail('history.day.invalid', 'days');
  }
  const first = from === undefined ? undefined : history.calendarDay(from);
  if (first === undefined) return fail('history.day.invalid', 'from');
  const last = to === undefined ? undefined : history.calendarDay(to);
  if (last === undefined || last.startsAt < first.startsAt) return fail('history.day.invalid', 'to');
  if ((last.endsAt - first.startsAt) / 86_400_000 > MOST_DAYS + 1)
    return fail('history.days.tooMany', 'to', { most: MOST_DAYS });
  return ok(daysBetween(first, last, weekday, history.timeZone));
}
