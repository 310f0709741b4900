import { readFile } from 'node:fs/promises';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { Type, type Static } from 'typebox';
import type { City } from '@maplewall/shared/domain/city.ts';
import { fault } from '@maplewall/shared/domain/fault.ts';
import { minuteOf } from '@maplewall/shared/domain/units.ts';
import type { World } from '@maplewall/shared/world/world.ts';
import type { History } from '../history/history.ts';
import type { KnownHistory } from '../history/known-history.ts';
import { replyFault } from '../http/fault-reply.ts';
import { stream, type ExportDesk } from './export-desk.ts';
import { asFile, fileName, isSimulated } from './file-name.ts';
import { rangeWords, readRange } from './range.ts';
import { takeAlong, type Ask } from './take-along.ts';

/** A shift; a file of it is opened by a laptop without trouble. */
const MOST_HOURS = 12;
const query = Type.Object({
  ...rangeWords,
  as: Type.Optional(
    Type.Union([Type.Literal('now'), Type.Literal('then')], {
      description:
        'then: the file holds the past as the wall knew it beside what is known now, which alone is there if left out',
    }),
  ),
});

export interface TakeAlongParts {
  readonly city: City;
  readonly world: Pick<World, 'sources'>;
  /** The built page of the player. */
  readonly playerFile: string;
  readonly desk: ExportDesk;
  readonly history: Pick<History, 'replayFrom'> & { readonly known: Pick<KnownHistory, 'from'> };
}

/** A replay of a range as one page, for a laptop without gateway or network. */
export function takeAlongRoutes(
  app: FastifyInstance,
  { city, world, playerFile, desk, history }: TakeAlongParts,
): void {
  app.get<{ Querystring: Static<typeof query> }>(
    '/api/history/take-along',
    {
      schema: {
        summary: `A replay of up to ${MOST_HOURS} hours as one HTML file that plays without gateway or network (docs/spec/export.md)`,
        tags: ['export'],
        security: [{ adminKey: [] }],
        querystring: query,
      },
    },
    async (request, reply) => {
      const range = readRange(request.query, city.timeZone, MOST_HOURS);
      if (!range.ok) return replyFault(reply, range.fault);
      const { replayFrom, known } = history;
      if (minuteOf(range.value.from) < replayFrom())
        return replyFault(reply, fault('history.minute.gone', 'from'));
      const knowsThen = request.query.as === 'then';
      if (knowsThen && minuteOf(range.value.from) < known.from())
        return replyFault(reply, fault('history.known.gone', 'from'));
      const player = await readFile(playerFile, 'utf8').catch(() => undefined);
      if (player === undefined) return replyFault(reply, fault('export.player.notBuilt'));
      const leave = desk.takePlace();
      if (leave === undefined) return replyFault(reply, fault('export.busy'));
      const name = fileName(city, range.value, 'replay', isSimulated(world), 'html');
      const pieces = takeAlong({ player, city, range: range.value, knowsThen, ask: askAs(app, request) });
      return reply
        .type('text/html; charset=utf-8')
        .header('content-disposition', asFile(name))
        .header('cache-control', 'no-store')
        .send(stream(pieces, { leave, response: reply.raw }));
    },
  );
}

/** Asks this gateway as the one who asked for the file: what they may not see does not get into it. */
function askAs(app: FastifyInstance, { headers, ip }: FastifyRequest): Ask {
  const own = Object.fromEntries(
    Object.entries(headers).filter(([name]) => /^(host|cookie|authorization|forwarded|via|x-.*)$/.test(name)),
  );
  return async (address) => {
    const answer = await app.inject({
      method: 'GET',
      url: address,
      remoteAddress: ip,
      headers: { ...own, 'accept-encoding': 'gzip' } as Record<string, string>,
    });
    return {
      status: answer.statusCode,
      type: String(answer.headers['content-type'] ?? ''),
      isGzip: answer.headers['content-encoding'] === 'gzip',
      body: answer.rawPayload,
    };
  };
}
