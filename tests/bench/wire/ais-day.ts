import { readFile } from 'node:fs/promises';
import { FixMaker } from '@maplewall/server/ingest/import/row-to-records.ts';
import { parseMapping } from '@maplewall/server/ingest/import/mapping.ts';
import { readRows } from '@maplewall/server/ingest/import/read-rows.ts';
import { RowFault } from '@maplewall/server/ingest/import/row-value.ts';
import type { ResponderId, SourceId } from '@maplewall/shared/domain/ids.ts';
import { UNKNOWN_U16, UNKNOWN_U8 } from '@maplewall/shared/domain/position.ts';
import { epochMs, frameNo, seqNo, toE5 } from '@maplewall/shared/domain/units.ts';
import { FrameBuilder } from '@maplewall/shared/frame/frame-builder.ts';
import { emptyWorld } from '@maplewall/shared/world/empty-world.ts';
import { givenFile, isGiven } from '../../support/given-data.ts';
import { WireSizes, type SizesPerUpdate } from './wire-sizes.ts';

const FILE = 'positions/ais-2022-01-03.csv.gz';
const MAPPING = new URL('../../../docs/examples/ais.mapping.json', import.meta.url);
const SOURCE = 'ais' as SourceId;

export const isAisGiven = (): boolean => isGiven(FILE);

interface ShipFix {
  readonly id: ResponderId;
  readonly lngE5: number;
  readonly latE5: number;
}

/**
 * A day of real ships as a gateway with a frame each second passes it on: nine fixes of each, most of them in the first
 * half hour. Seconds in which nobody says anything are left out; each ship is there from its first fix on.
 */
export async function aisDay(): Promise<SizesPerUpdate> {
  const bySecond = await readFixes();
  const world = emptyWorld();
  const builder = new FrameBuilder(world);
  const sizes = new WireSizes(world, frameNo(0), false);
  const known = new Set<ResponderId>();
  let seq = 0;
  for (const [second, fixes] of [...bySecond].toSorted(([one], [other]) => one - other)) {
    const head = () => ({
      seq: seqNo(++seq),
      at: epochMs(second * 1_000),
      receivedAt: epochMs(second * 1_000),
      source: SOURCE,
      mode: 'Actual' as const,
      key: '',
    });
    for (const { id: responderId } of fixes) {
      if (known.has(responderId)) continue;
      known.add(responderId);
      const event = {
        kind: 'responder.checkedIn',
        responderId,
        responderKind: 'volunteer',
        callSign: responderId,
      } as const;
      builder.add({ ...head(), type: 'event', event });
    }
    const { length } = fixes;
    const unknown = new Uint16Array(length).fill(UNKNOWN_U16);
    builder.add({
      ...head(),
      type: 'positions',
      fixes: {
        count: length,
        responders: fixes.map(({ id }) => id),
        who: Uint32Array.from(fixes, (_, row) => row),
        lngE5: Int32Array.from(fixes, ({ lngE5 }) => lngE5),
        latE5: Int32Array.from(fixes, ({ latE5 }) => latE5),
        fixAtSeconds: new Uint32Array(length).fill(second),
        deviceAtSeconds: new Uint32Array(length),
        speed: unknown,
        course: unknown,
        accuracy: unknown,
        battery: new Uint8Array(length).fill(UNKNOWN_U8),
      },
    });
    sizes.take(builder.cut(epochMs(second * 1_000)));
  }
  return sizes.perUpdate(world);
}

async function readFixes(): Promise<Map<number, ShipFix[]>> {
  const parsed = parseMapping(JSON.parse(await readFile(MAPPING, 'utf8')));
  if (!parsed.ok || parsed.value.what !== 'positions') throw new Error('the mapping is not one of positions');
  const { rows } = await readRows(givenFile(FILE), parsed.value);
  const maker = new FixMaker(parsed.value);
  const bySecond = new Map<number, ShipFix[]>();
  for await (const { line, row } of rows) {
    if (row instanceof RowFault) throw new Error(`${FILE} line ${line}`, { cause: row });
    const { responderId, lng, lat, fixAt } = maker.fixOf(row);
    const second = Math.floor(fixAt / 1_000);
    const fixes = bySecond.get(second) ?? [];
    fixes.push({ id: responderId as ResponderId, lngE5: toE5(lng), latE5: toE5(lat) });
    bySecond.set(second, fixes);
  }
  return bySecond;
}
