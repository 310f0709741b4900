import type { FastifyInstance, FastifyReply } from 'fastify';
import { Type, type Static } from 'typebox';
import type { City } from '@maplewall/shared/domain/city.ts';
import type { World } from '@maplewall/shared/world/world.ts';
import { fault } from '@maplewall/shared/domain/fault.ts';
import { replyFault } from '../http/fault-reply.ts';
import type { Column, RowGroups } from './column.ts';
import { toCsv } from './csv.ts';
import { stream, type ExportDesk } from './export-desk.ts';
import { asFile, fileName, isSimulated } from './file-name.ts';
import { toGeoJson } from './geo-json.ts';
import { toGpx } from './gpx.ts';
import { incidentColumns, incidentsIn, orderColumns } from './incident-rows.ts';
import { toParquet } from './parquet.ts';
import { positionColumns, positionRows } from './position-rows.ts';
import { rangeWords, readRange, type Range } from './range.ts';
import type { ExportSources } from './read-range.ts';

/** Incidents and orders are held in memory, some hundred thousand at the most; positions go through it. */
const MOST_HOURS = { incidents: 7 * 24, positions: 24, allTracks: 2 } as const;
const ROWS_AT_ONCE = 500;

export interface DataRoutesParts extends Omit<ExportSources, 'timeZone'> {
  readonly city: City;
  readonly world: Pick<World, 'sources'>;
  readonly desk: ExportDesk;
}

const formats = <const T extends readonly string[]>(words: T) =>
  Type.Unsafe<T[number]>(Type.String({ enum: [...words], description: 'The form of the file' }));
const incidentQuery = Type.Object({ ...rangeWords, format: formats(['csv', 'geojson', 'parquet']) });
const orderQuery = Type.Object({ ...rangeWords, format: formats(['csv', 'parquet']) });
const positionQuery = Type.Object({
  ...rangeWords,
  format: formats(['csv', 'geojson', 'gpx', 'parquet']),
  responder: Type.Optional(Type.String({ maxLength: 64, description: 'Of this responder alone' })),
});

const TYPES = {
  csv: 'text/csv; charset=utf-8; header=present',
  geojson: 'application/geo+json; charset=utf-8',
  gpx: 'application/gpx+xml; charset=utf-8',
  parquet: 'application/vnd.apache.parquet',
} as const;
type Format = keyof typeof TYPES;

/** The data of a range as files for other programs (docs/spec/export.md). */
export function dataRoutes(app: FastifyInstance, { city, world, desk, ...stores }: DataRoutesParts): void {
  const { timeZone } = city;
  const sources: ExportSources = { ...stores, timeZone };
  const send = (
    reply: FastifyReply,
    { range, what, format }: { readonly range: Range; readonly what: string; readonly format: Format },
    pieces: AsyncIterable<string | Uint8Array>,
    leave: () => void,
  ): FastifyReply =>
    reply
      .type(TYPES[format])
      .header('content-disposition', asFile(fileName(city, range, what, isSimulated(world), format)))
      .header('cache-control', 'no-store')
      .send(stream(pieces, { leave, response: reply.raw }));

  app.get<{ Querystring: Static<typeof incidentQuery> }>(
    '/api/export/incidents',
    {
      schema: {
        summary: 'What came in within up to 7 days, as it stood at their end (docs/spec/export.md)',
        tags: ['export'],
        querystring: incidentQuery,
      },
    },
    async ({ query }, reply) => {
      const range = readRange(query, timeZone, MOST_HOURS.incidents);
      if (!range.ok) return replyFault(reply, range.fault);
      const leave = desk.takePlace();
      if (leave === undefined) return replyFault(reply, fault('export.busy'));
      const { incidents } = await incidentsIn(sources, range.value).catch(leaving(leave));
      const rows = inGroups(incidents);
      const pieces =
        query.format === 'geojson'
          ? toGeoJson(incidentColumns, rows, timeZone)
          : table(query.format, incidentColumns, rows, timeZone);
      return send(reply, { range: range.value, what: 'incidents', format: query.format }, pieces, leave);
    },
  );

  app.get<{ Querystring: Static<typeof orderQuery> }>(
    '/api/export/orders',
    {
      schema: {
        summary: 'Orders for what came in within up to 7 days, as they stood at their end',
        tags: ['export'],
        querystring: orderQuery,
      },
    },
    async ({ query }, reply) => {
      const range = readRange(query, timeZone, MOST_HOURS.incidents);
      if (!range.ok) return replyFault(reply, range.fault);
      const leave = desk.takePlace();
      if (leave === undefined) return replyFault(reply, fault('export.busy'));
      const { orders } = await incidentsIn(sources, range.value).catch(leaving(leave));
      const rows = inGroups(orders);
      const pieces = table(query.format, orderColumns, rows, timeZone);
      return send(reply, { range: range.value, what: 'orders', format: query.format }, pieces, leave);
    },
  );

  app.get<{ Querystring: Static<typeof positionQuery> }>(
    '/api/export/positions',
    {
      schema: {
        summary:
          'Fixes of up to 24 hours as they were sent; as GPX of up to 2 hours, unless it is of one responder',
        tags: ['export'],
        security: [{ adminKey: [] }],
        querystring: positionQuery,
      },
    },
    async ({ query }, reply) => {
      const { format, responder } = query;
      const isAllTracks = format === 'gpx' && responder === undefined;
      const most = isAllTracks ? MOST_HOURS.allTracks : MOST_HOURS.positions;
      const range = readRange(query, timeZone, most);
      if (!range.ok) return replyFault(reply, range.fault);
      // What is left of such minutes is a part, and would look like the whole.
      const left = sources.history.positionsLeft(range.value.from, range.value.to);
      if (left === 'forgotten') return replyFault(reply, fault('export.range.forgotten', 'from'));
      const leave = desk.takePlace();
      if (leave === undefined) return replyFault(reply, fault('export.busy'));
      const rows = positionRows(sources, range.value, responder);
      const simulated = isSimulated(world) ? ' SIMULATED' : '';
      const pieces =
        format === 'gpx'
          ? toGpx(rows, `${city.name.zh} ${city.name.en} ${query.from} – ${query.to}${simulated}`)
          : format === 'geojson'
            ? toGeoJson(positionColumns, rows, timeZone)
            : table(format, positionColumns, rows, timeZone);
      const what = left === 'thinned' ? 'positions-thinned' : 'positions';
      return send(reply, { range: range.value, what, format }, pieces, leave);
    },
  );
}

/** The place is given back, and what went wrong is everybody's as before. */
const leaving =
  (leave: () => void) =>
  (error: unknown): never => {
    leave();
    throw error;
  };

const table = <Row>(
  format: 'csv' | 'parquet',
  columns: readonly Column<Row>[],
  rows: RowGroups<Row>,
  timeZone: string,
): AsyncIterable<string | Uint8Array> =>
  format === 'csv' ? toCsv(columns, rows, timeZone) : toParquet(columns, rows);

async function* inGroups<Row>(rows: readonly Row[]): AsyncGenerator<readonly Row[]> {
  for (let next = 0; next < rows.length; next += ROWS_AT_ONCE) yield rows.slice(next, next + ROWS_AT_ONCE);
}
