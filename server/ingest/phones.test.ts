import { describe, expect, it } from 'vitest';
import { epochMs } from '@maplewall/shared/domain/units.ts';
import { parseOsmandFields, parseOsmandJson } from './osmand.ts';
import { parseOwntracks } from './owntracks.ts';

const NOW = epochMs(Date.UTC(2026, 10, 23, 8, 30, 10));
const AT = Date.UTC(2026, 10, 23, 8, 0, 0);

const osmand = (fields: Record<string, unknown>): unknown => {
  const report = parseOsmandFields({ id: 'a', lat: '27.5', lon: '120.5', ...fields }, NOW);
  return report.ok ? report.value.message : report.fault;
};

describe('OsmAnd fields', () => {
  it.each([
    [String(AT / 1_000), AT],
    [String(AT), AT],
    [`${AT / 1_000}.5`, AT + 500],
    ['2026-11-23T08:00:00Z', AT],
    ['2026-11-23T16:00:00.000+08:00', AT],
    ['2026-11-23 08:00:00', AT],
  ])('understand the time %s', (timestamp, fixAt) => {
    expect(osmand({ timestamp })).toMatchObject({ fix: { fixAt } });
  });

  it.each(['', 'now', '-1', '99999999999999999', '2026-02-30 00:00:00', '2026-11-23T08:00:00', '1e12'])(
    'refuse the time %j',
    (timestamp) => {
      expect(osmand({ timestamp })).toMatchObject({ code: 'ingest.time.unreadable', field: 'timestamp' });
    },
  );

  it('are of now without a time', () => {
    expect(osmand({})).toMatchObject({ fix: { fixAt: NOW } });
  });

  it('give speed in knots, course by either name, battery in per cent', () => {
    expect(
      osmand({ speed: '10', heading: '45', batt: '80.5', accuracy: '3', altitude: '12', hdop: '1' }),
    ).toEqual({
      fix: {
        lng: 120.5,
        lat: 27.5,
        fixAt: NOW,
        speedMetresPerSecond: 5.144444444444445,
        courseDegrees: 45,
        accuracyMetres: 3,
        batteryPercent: 80.5,
      },
    });
  });

  it.each(['NaN', 'Infinity', '-Infinity', ''])('say by %j that something is unknown', (unknown) => {
    expect(osmand({ speed: unknown, bearing: unknown, batt: unknown, accuracy: unknown })).toEqual({
      fix: { lng: 120.5, lat: 27.5, fixAt: NOW },
    });
  });

  it('without a place that is a number are fixes that ingest refuses and counts, or the phone would send them for ever', () => {
    expect(osmand({ lat: 'NaN' })).toMatchObject({ fix: { lat: Number.NaN } });
    expect(osmand({ lat: 'north' })).toMatchObject({ code: 'ingest.position.notANumber', field: 'lat' });
  });

  it('name what cannot be a number', () => {
    expect(osmand({ accuracy: 'good' })).toMatchObject({ code: 'request.invalid', field: 'accuracy' });
  });

  it.each([
    ['without a place is a heartbeat', { lat: undefined, lon: undefined }],
    ['that the phone calls invalid is put aside', { valid: 'false' }],
  ])('a message %s', (_, over) => {
    const fields = Object.fromEntries(
      Object.entries({ id: 'a', lat: '27.5', lon: '120.5', ...over }).filter(
        ([, value]) => value !== undefined,
      ),
    );
    expect(parseOsmandFields(fields, NOW)).toMatchObject({ ok: true, value: { message: { ignored: true } } });
  });
});

describe('OsmAnd JSON', () => {
  const report = (coords: unknown, over: object = {}): unknown => {
    const parsed = parseOsmandJson({
      device_id: 'a',
      location: { timestamp: '2026-11-23T08:00:00.000Z', coords, ...over },
    });
    return parsed.ok ? parsed.value.message : parsed.fault;
  };

  it('gives speed in metres per second and battery as a share', () => {
    expect(
      report(
        { latitude: 27.5, longitude: 120.5, speed: 2.5, heading: 90, accuracy: 4, altitude: 3 },
        { battery: { level: 0.42, is_charging: true } },
      ),
    ).toEqual({
      fix: {
        lng: 120.5,
        lat: 27.5,
        fixAt: AT,
        speedMetresPerSecond: 2.5,
        courseDegrees: 90,
        accuracyMetres: 4,
        batteryPercent: 42,
      },
    });
  });

  it('without coords is a heartbeat', () => {
    expect(report(undefined)).toEqual({ ignored: true });
  });

  it.each([
    [{ longitude: 1 }, {}, 'location.coords.latitude'],
    [{ latitude: 1, longitude: '1' }, {}, 'location.coords.longitude'],
    [{ latitude: 1, longitude: 1, speed: 'x' }, {}, 'location.coords.speed'],
    [{ latitude: 1, longitude: 1 }, { timestamp: 'x' }, 'location.timestamp'],
    [{ latitude: 1, longitude: 1 }, { battery: 5 }, 'location.battery'],
    [{ latitude: 1, longitude: 1 }, { battery: { level: 'x' } }, 'location.battery.level'],
    ['x', {}, 'location.coords'],
  ])('names the field that is wrong in %j', (coords, over, field) => {
    expect(report(coords, over)).toMatchObject({ field });
  });
});

describe('OwnTracks', () => {
  it('gives speed in km/h and times in seconds', () => {
    const parsed = parseOwntracks({
      _type: 'location',
      lat: 27.5,
      lon: 120.5,
      tst: AT / 1_000,
      created_at: AT / 1_000 + 2,
      vel: 18,
      cog: 180,
      acc: 7,
      batt: 90,
      inregions: ['home'],
      topic: 'owntracks/a/b',
    });
    expect(parsed).toEqual({
      ok: true,
      value: {
        fix: {
          lng: 120.5,
          lat: 27.5,
          fixAt: AT,
          deviceAt: AT + 2_000,
          speedMetresPerSecond: 5,
          courseDegrees: 180,
          accuracyMetres: 7,
          batteryPercent: 90,
        },
      },
    });
  });
});
