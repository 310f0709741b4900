import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { HOSTILE_CASES } from '@maplewall/shared/domain/hostile-cases.arbitrary.ts';
import { spoilt, torn } from '@maplewall/shared/domain/spoilt.arbitrary.ts';
import { parseMapping } from './mapping.ts';
import type { Mapping } from './mapping-form.ts';
import { EventMaker, FixMaker } from './row-to-records.ts';
import { RowFault, type Row } from './row-value.ts';
import { systemClock } from '../../clock.ts';
import { dryRun } from './dry-run.ts';
import { FileFault } from './file-fault.ts';

const SEED = 20_261_130;
let folder: string;
let cases = 0;
let mappings: { readonly json: unknown; readonly mapping: Mapping }[] = [];

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'maplewall-files-'));
  mappings = await Promise.all(
    ['incidents-110', 'ais'].map(async (name) => {
      const file = new URL(`../../../docs/examples/${name}.mapping.json`, import.meta.url);
      const json: unknown = JSON.parse(await readFile(file, 'utf8'));
      const parsed = parseMapping(json);
      if (!parsed.ok) throw new Error(`${name} is not valid`);
      return { json, mapping: parsed.value };
    }),
  );
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const INCIDENT: Row = {
  经度: '120.55',
  纬度: '27.58',
  接警时间: '2026-11-23 08:00:00',
  到场时间: '2026-11-23 08:05:00',
  办结时间: '',
  警情编号: 'J-1',
  类别: '盗窃案',
  级别: '一般',
  地址: '象岗路',
};
const SHIP: Row = {
  LON: '-122.4',
  LAT: '37.8',
  MMSI: '366',
  BaseDateTime: '2026-11-23T08:00:00',
  SOG: '10',
  COG: '359',
};

/** What a mapping makes of a row: items, or the row's fault; anything else is thrown. */
function use(mapping: Mapping, row: Row): string {
  try {
    const items =
      mapping.what === 'events'
        ? new EventMaker(mapping).eventsOf(row, new Map())
        : [new FixMaker(mapping).fixOf(row)];
    return `${items.length} items`;
  } catch (error) {
    if (error instanceof RowFault && error.reason !== '') return 'fault';
    throw error;
  }
}

describe('files of any kind', () => {
  it('mappings are refused by the name of the field, or can be used on any row', () => {
    const odd = fc.constantFrom<((json: Record<string, unknown>) => void)[]>(
      (json) => (json['time'] = { format: 'yyyy yyyy', zone: 'UTC' }),
      (json) => (json['time'] = { format: 'yyyy-MM-dd HH:mm:ss a', zone: 'UTC' }),
      (json) => (json['time'] = { format: "yyyy'", zone: 'UTC' }),
      (json) => (json['time'] = { format: 'iso', zone: 'Mars/Olympus' }),
      (json) => (json['time'] = { format: 'ZZZZ x X', zone: 'UTC' }),
      (json) => (json['coordinates'] = { of: '{LON}', pattern: '(' }),
      (json) => (json['coordinates'] = { of: '{LON}', pattern: '(?<lng>.)' }),
      (json) => (json['coordinates'] = { lng: '{constructor}', lat: '{__proto__}' }),
      (json) => (json['responderId'] = '{toString}'),
      (json) => (json['speed'] = { table: 'constructor', of: '{SOG}' }),
      (json) => (json['delimiter'] = '"'),
      (json) => (json['tables'] = { category: {}, priority: { 一般: 9 } }),
    );
    const given = fc.nat(1).chain((which) =>
      fc.oneof(
        { weight: 6, arbitrary: fc.constant(which).chain((at) => spoilt(mappings[at]?.json)) },
        {
          weight: 1,
          arbitrary: odd.map((change) => {
            const json = structuredClone(mappings[which]?.json) as Record<string, unknown>;
            change(json);
            return json as unknown;
          }),
        },
      ),
    );
    const outcomes = new Map<string, number>();
    fc.assert(
      fc.property(fc.array(given, { minLength: 50, maxLength: 50 }), (many) => {
        for (const json of many) {
          cases += 1;
          const parsed = parseMapping(json);
          const outcome = parsed.ok
            ? [use(parsed.value, INCIDENT), use(parsed.value, SHIP)].join()
            : 'refused';
          outcomes.set(outcome, (outcomes.get(outcome) ?? 0) + 1);
          const faults = parsed.ok ? [] : parsed.faults;
          expect(faults.every(({ values }) => String(values['reason']) !== '')).toBe(true);
          expect(parsed.ok || faults.length > 0).toBe(true);
        }
      }),
      { seed: SEED, numRuns: 120 },
    );
    expect(outcomes.get('refused') ?? 0).toBeGreaterThan(1_000);
    expect(outcomes.size).toBeGreaterThan(3);
  });

  it('mappings name the zone, the format, the pattern or the delimiter that cannot be', () => {
    const [events] = mappings;
    for (const [field, change] of [
      ['time.zone', { time: { format: 'iso', zone: 'Mars/Olympus' } }],
      ['time.format', { time: { format: 'yyyy-MM-dd HH a', zone: 'UTC' } }],
      ['coordinates.pattern', { coordinates: { of: '{x}', pattern: '(' } }],
      ['delimiter', { delimiter: '"' }],
    ] as const)
      expect(parseMapping({ ...(events?.json as object), ...change })).toMatchObject({
        ok: false,
        faults: [{ field }],
      });
  });

  it('rows give items or a fault with its field', () => {
    const cell = fc.oneof(
      fc.constantFrom(
        '',
        ' ',
        'NaN',
        '-0',
        '1e999',
        '0x10',
        '９',
        '2026-02-30 00:00:00',
        '2026-11-23 08:00:00',
        '90',
        '-181',
        '__proto__',
        '*',
        '\u0000',
      ),
      fc.string({ maxLength: 12 }),
      fc.string({ unit: 'binary', maxLength: 6 }),
    );
    const row = fc.nat(1).chain((which) =>
      fc
        .record({
          changes: fc.array(fc.tuple(fc.nat(), cell), { maxLength: 2 }),
          missing: fc.oneof({ weight: 5, arbitrary: fc.constant(null) }, { weight: 1, arbitrary: fc.nat() }),
        })
        .map(({ changes, missing }) => {
          const good: Record<string, string> = { ...(which === 0 ? INCIDENT : SHIP) };
          const names = Object.keys(good);
          for (const [at, text] of changes) good[names[at % names.length] ?? ''] = text;
          if (missing !== null) Reflect.deleteProperty(good, names[missing % names.length] ?? '');
          return { which, row: good as Row };
        }),
    );
    const outcomes = new Map<string, number>();
    fc.assert(
      fc.property(fc.array(row, { minLength: 50, maxLength: 50 }), (many) => {
        for (const { which, row } of many) {
          cases += 1;
          const known = mappings[which];
          if (known === undefined) throw new Error('no such mapping');
          const outcome = use(known.mapping, row);
          outcomes.set(outcome, (outcomes.get(outcome) ?? 0) + 1);
        }
      }),
      { seed: SEED, numRuns: 100 },
    );
    const made = (outcomes.get('1 items') ?? 0) + (outcomes.get('2 items') ?? 0);
    expect(Math.min(outcomes.get('fault') ?? 0, made)).toBeGreaterThan(500);
  });

  it('CSV files, torn and whole, zipped and not, are read to their end; each row that is none is counted', async () => {
    const header = Object.keys(SHIP).join(',');
    const good = Buffer.from(
      `${header}\n${Array.from({ length: 20 }, () => Object.values(SHIP).join(',')).join('\n')}\n`,
    );
    const bytes = fc.oneof(
      torn(torn(fc.constant(new Uint8Array(good)))),
      fc.uint8Array({ maxLength: 300 }),
      fc
        .array(fc.constantFrom(',', '"', '\n', '\r', 'a', '', 'MMSI', '\t', ';', '\u0000', '你'), {
          maxLength: 80,
        })
        .map((parts) => new Uint8Array(Buffer.from(parts.join('')))),
      fc
        .constantFrom(
          '',
          '\ufeff',
          '\n\n\n',
          '"',
          '"a\nb',
          'a,a,a\n1,2,3\n',
          ',\n,\n',
          '__proto__,constructor\n1,2\n',
        )
        .map((text) => new Uint8Array(Buffer.from(text))),
    );
    const ship = mappings[1]?.mapping;
    if (ship === undefined) throw new Error('no such mapping');
    // Without a header that names its columns a file is refused before any row is read.
    const given = fc
      .tuple(bytes, fc.constantFrom(true, true, true, false))
      .map(([rows, isNamed]) => (isNamed ? Buffer.concat([Buffer.from(`${header}\n`), rows]) : rows));
    const samples = fc.sample(fc.tuple(given, fc.nat(3)), { seed: SEED, numRuns: 1_000 });
    let rows = 0;
    let faults = 0;
    let unreadable = 0;
    for (const [index, [content, how]] of samples.entries()) {
      cases += 1;
      const file = join(folder, how > 1 ? `${index}.csv.gz` : `${index}.csv`);
      await writeFile(file, how === 2 ? gzipSync(content) : content);
      try {
        const result = await dryRun({ file, mapping: ship, clock: systemClock });
        rows += result.rows;
        for (const count of result.faults.values()) faults += count;
      } catch (error) {
        // Not gzip at all, or a header of no UTF-8 or of other columns: said once, for the whole file.
        if (
          !(error instanceof FileFault) &&
          (how !== 3 || !/incorrect header check|unexpected end of file|invalid/.test(String(error)))
        )
          throw error;
        unreadable += 1;
      }
      await rm(file);
    }
    expect(Math.min(rows, faults)).toBeGreaterThan(1_000);
    expect(unreadable).toBeGreaterThan(100);
  }, 300_000);

  it('a quote that is never closed does not make one row of all that follows', async () => {
    const file = join(folder, 'quote.csv');
    await writeFile(
      file,
      `${Object.keys(SHIP).join(',')}\n${Object.values(SHIP).join(',')}\n3,"${'x,y\n'.repeat(1_000_000)}`,
    );
    const ship = mappings[1]?.mapping;
    if (ship === undefined) throw new Error('no such mapping');
    const { faults } = await dryRun({ file, mapping: ship, clock: systemClock });
    expect([...faults.keys()].join()).toContain('a quote before it may never be closed');
  });

  it('are as many as the suite promises', () => {
    expect(cases).toBe(HOSTILE_CASES['server/ingest/import/hostile-files.test.ts']);
  });
});
