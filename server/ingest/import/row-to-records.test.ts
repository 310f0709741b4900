import { describe, expect, it } from 'vitest';
import { parseMapping } from './mapping.ts';
import type { EventMapping, PositionMapping } from './mapping-form.ts';
import { EventMaker, FixMaker } from './row-to-records.ts';
import type { RowFault } from './row-value.ts';

function events(change: Partial<EventMapping> = {}): EventMapping {
  const parsed = parseMapping({
    formatVersion: 1,
    what: 'events',
    time: { format: 'yyyy-MM-dd HH:mm:ss', zone: 'Asia/Shanghai' },
    coordinateSystem: 'WGS84',
    coordinates: { lng: '{lng}', lat: '{lat}' },
    tables: { category: { 打架斗殴: 'publicOrder' }, priority: { 一般: 3 } },
    records: [
      {
        kind: 'incident.received',
        at: '{接警}',
        key: '{编号}/received',
        fields: {
          incidentId: '{编号}',
          category: { table: 'category', of: '{类别}' },
          priority: { table: 'priority', of: '{级别}' },
          place: '{地址}',
          lng: { coordinate: 'lng' },
          lat: { coordinate: 'lat' },
        },
      },
      {
        kind: 'incident.stage',
        at: '{办结}',
        key: '{编号}/closed',
        choose: 'latest',
        fields: { incidentId: '{编号}', stage: 'closed' },
      },
    ],
    ...change,
  });
  if (!parsed.ok || parsed.value.what !== 'events') throw new Error(JSON.stringify(parsed));
  return parsed.value;
}

const row = {
  编号: 'A1',
  接警: '2026-11-20 20:41:07',
  办结: '',
  类别: '打架斗殴',
  级别: '一般',
  地址: '世纪大道',
  lng: '120.55',
  lat: '27.58',
};

describe('event rows', () => {
  it('makes an event in UTC with codes from the tables, and none where the time is empty', () => {
    expect(new EventMaker(events()).eventsOf(row, new Map())).toEqual([
      {
        key: 'A1/received',
        at: Date.UTC(2026, 10, 20, 12, 41, 7),
        event: {
          kind: 'incident.received',
          incidentId: 'A1',
          category: 'publicOrder',
          priority: 3,
          place: '世纪大道',
          lng: 120.55,
          lat: 27.58,
        },
      },
    ]);
  });

  it('takes the latest of several rows of a key once, even when two rows have the same moment', () => {
    const maker = new EventMaker(events());
    const chosen = new Map<string, number>();
    const rows = ['20:50:00', '20:59:00', '20:59:00', '20:42:00'].map((time) => ({
      ...row,
      办结: `2026-11-20 ${time}`,
    }));
    for (const each of rows) maker.chooseFrom(each, chosen);
    const closed = rows
      .flatMap((each) => maker.eventsOf(each, chosen))
      .filter(({ key }) => key === 'A1/closed');
    expect(closed.map(({ at }) => at)).toEqual([Date.UTC(2026, 10, 20, 12, 59, 0)]);
  });

  it.each([
    ['类别', '放火', 'category'],
    ['接警', '20.11.2026', '{接警}'],
    ['lng', 'x', 'lng'],
    ['lat', '91', 'incident.received lat'],
    ['地址', '', 'incident.received place'],
    ['级别', '', 'incident.received priority'],
  ])('refuses a row whose %s is %j and names the field', (column, value, field) => {
    const broken = { ...row, [column]: value };
    expect(() => new EventMaker(events()).eventsOf(broken, new Map())).toThrow(
      expect.objectContaining({ field }) as RowFault,
    );
  });

  it('refuses a row of a file that lacks a column of the mapping', () => {
    const { 编号: _, ...without } = row;
    expect(() => new EventMaker(events()).eventsOf(without, new Map())).toThrow(/no such column/);
  });

  it('never finds a table entry that only the language brings along', () => {
    expect(() => new EventMaker(events()).eventsOf({ ...row, 类别: 'constructor' }, new Map())).toThrow(
      /not in table/,
    );
  });
});

describe('position rows', () => {
  const parsed = parseMapping({
    formatVersion: 1,
    what: 'positions',
    time: { format: 'iso', zone: 'UTC' },
    coordinateSystem: 'WGS84',
    coordinates: { lng: '{LON}', lat: '{LAT}' },
    tables: { battery: { full: 100, low: 10 } },
    responderId: '{MMSI}',
    fixAt: '{T}',
    speed: { number: '{SOG}', times: 0.5 },
    course: { number: '{COG}' },
    battery: { table: 'battery', of: '{Battery}' },
  });
  if (!parsed.ok) throw new Error('mapping');
  const maker = new FixMaker(parsed.value as PositionMapping);
  const place = { responderId: '338', lng: -117.9, lat: 33.6, fixAt: Date.UTC(2022, 0, 3) };
  const ship = {
    MMSI: '338',
    T: '2022-01-03T00:00:00',
    LON: '-117.9',
    LAT: '33.6',
    SOG: '10',
    COG: '359',
    Battery: 'low',
  };

  it('converts knots and reads tables of numbers', () => {
    expect(maker.fixOf(ship)).toEqual({ ...place, speed: 5, course: 359, battery: 10 });
  });

  it.each([
    ['SOG', '', { course: 359, battery: 10 }],
    ['COG', ' ', { speed: 5, battery: 10 }],
    ['COG', '-1', { speed: 5, battery: 10 }],
    ['Battery', '', { speed: 5, course: 359 }],
  ])('are taken without what the device did not say: %s is %j', (column, value, figures) => {
    expect(maker.fixOf({ ...ship, [column]: value })).toEqual({ ...place, ...figures });
  });

  it.each([
    ['SOG', 'abc', 'speed'],
    ['COG', 'N', 'course'],
    ['Battery', 'half', 'battery'],
    ['LON', '', 'lng'],
    ['T', '', '{T}'],
  ])('are refused with the name of the field where %s is %j', (column, value, field) => {
    expect(() => maker.fixOf({ ...ship, [column]: value })).toThrow(
      expect.objectContaining({ field }) as RowFault,
    );
  });
});
