import type { ResponderId } from '@maplewall/shared/domain/ids.ts';
import type { Mode } from '@maplewall/shared/domain/mode.ts';
import { UNKNOWN_U16, UNKNOWN_U8 } from '@maplewall/shared/domain/position.ts';
import type { PositionsRecord } from '@maplewall/shared/domain/record.ts';
import type { ResponderKind } from '@maplewall/shared/domain/responder.ts';
import { fromE5 } from '@maplewall/shared/domain/units.ts';
import type { Column } from './column.ts';
import type { Range } from './range.ts';
import { recordsIn, worldBefore, type ExportSources } from './read-range.ts';

/** Who somebody is, as they said when they checked in. */
interface Person {
  readonly callSign: string;
  readonly kind: ResponderKind | '';
}

/** A fix as the log has it. */
export interface PositionRow extends Person {
  readonly responderId: ResponderId;
  readonly fixAt: number;
  readonly deviceAt: number | undefined;
  readonly receivedAt: number;
  readonly lng: number;
  readonly lat: number;
  readonly speed: number | undefined;
  readonly course: number | undefined;
  readonly accuracy: number | undefined;
  readonly battery: number | undefined;
  readonly source: string;
  readonly mode: Mode;
}

export const positionColumns: readonly Column<PositionRow>[] = [
  { name: 'responderId', kind: 'text', of: (row) => row.responderId },
  { name: 'callSign', kind: 'text', of: (row) => row.callSign },
  { name: 'responderKind', kind: 'text', of: (row) => row.kind },
  { name: 'fixAt', kind: 'moment', of: (row) => row.fixAt },
  { name: 'lng', kind: 'number', of: (row) => row.lng },
  { name: 'lat', kind: 'number', of: (row) => row.lat },
  { name: 'speedMetresPerSecond', kind: 'number', of: (row) => row.speed },
  { name: 'courseDegrees', kind: 'integer', of: (row) => row.course },
  { name: 'accuracyMetres', kind: 'integer', of: (row) => row.accuracy },
  { name: 'batteryPercent', kind: 'integer', of: (row) => row.battery },
  { name: 'deviceAt', kind: 'moment', of: (row) => row.deviceAt },
  { name: 'receivedAt', kind: 'moment', of: (row) => row.receivedAt },
  { name: 'source', kind: 'text', of: (row) => row.source },
  { name: 'mode', kind: 'text', of: (row) => row.mode },
];

const NOBODY: Person = { callSign: '', kind: '' };

/** The fixes of a range, of all or of one, a minute at a time and in the order in which they were measured. */
export async function* positionRows(
  sources: ExportSources,
  range: Range,
  responder: string | undefined,
): AsyncGenerator<readonly PositionRow[]> {
  const people = new Map<ResponderId, Person>((await worldBefore(sources, range)).responders);
  for await (const records of recordsIn(sources, range, false)) {
    const rows: PositionRow[] = [];
    for (const record of records) {
      if (record.type === 'positions') rows.push(...rowsOf(record, range, responder, people));
      else if (record.event.kind === 'responder.checkedIn') {
        const { responderId, callSign, responderKind } = record.event;
        people.set(responderId, { callSign, kind: responderKind });
      }
    }
    yield rows.sort((a, b) => a.fixAt - b.fixAt);
  }
}

function* rowsOf(
  { fixes, receivedAt, source, mode }: PositionsRecord,
  { from, to }: Range,
  responder: string | undefined,
  people: ReadonlyMap<ResponderId, Person>,
): Generator<PositionRow> {
  for (let row = 0; row < fixes.count; row += 1) {
    const responderId = fixes.responders[fixes.who[row] ?? -1];
    const fixAt = (fixes.fixAtSeconds[row] ?? 0) * 1_000;
    if (responderId === undefined || fixAt < from || fixAt >= to) continue;
    if (responder !== undefined && responder !== responderId) continue;
    const deviceAt = fixes.deviceAtSeconds[row] ?? 0;
    const speed = said(fixes.speed[row], UNKNOWN_U16);
    const { callSign, kind } = people.get(responderId) ?? NOBODY;
    yield {
      responderId,
      callSign,
      kind,
      fixAt,
      deviceAt: deviceAt === 0 ? undefined : deviceAt * 1_000,
      receivedAt,
      lng: fromE5(fixes.lngE5[row] ?? 0),
      lat: fromE5(fixes.latE5[row] ?? 0),
      speed: speed === undefined ? undefined : speed / 10,
      course: said(fixes.course[row], UNKNOWN_U16),
      accuracy: said(fixes.accuracy[row], UNKNOWN_U16),
      battery: said(fixes.battery[row], UNKNOWN_U8),
      source,
      mode,
    };
  }
}

const said = (value: number | undefined, unknown: number): number | undefined =>
  value === unknown ? undefined : value;
