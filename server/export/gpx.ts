import type { PositionRow } from './position-rows.ts';
import type { RowGroups } from './column.ts';

/** A longer silence parts a track: what lies between was not driven in a straight line. */
const BREAK_MS = 300_000;

interface Track {
  readonly responderId: string;
  callSign: string;
  readonly kind: string;
  /** Time, longitude and latitude, one fix after the other. */
  readonly fixes: number[];
}

/**
 * GPX 1.1: a track for each responder, in the order in which they were first measured. All fixes are held until the last one is
 * read, 24 bytes each; the route keeps ranges short. Times are in UTC, as GPX asks.
 */
export async function* toGpx(rows: RowGroups<PositionRow>, title: string): AsyncGenerator<string> {
  const tracks = new Map<string, Track>();
  for await (const group of rows)
    for (const { responderId, callSign, kind, fixAt, lng, lat } of group) {
      let track = tracks.get(responderId);
      if (track === undefined) tracks.set(responderId, (track = { responderId, callSign, kind, fixes: [] }));
      track.callSign ||= callSign;
      track.fixes.push(fixAt, lng, lat);
    }
  yield (
    '<?xml version="1.0" encoding="UTF-8"?>\n' +
    '<gpx xmlns="http://www.topografix.com/GPX/1/1" version="1.1" creator="Maplewall">\n' +
    `<metadata><name>${text(title)}</name></metadata>\n`
  );
  for (const track of tracks.values()) yield toTrack(track);
  yield '</gpx>\n';
}

function toTrack({ responderId, callSign, kind, fixes }: Track): string {
  const type = kind === '' ? '' : `<type>${text(kind)}</type>`;
  let points = '';
  let before = Number.NEGATIVE_INFINITY;
  for (let index = 0; index < fixes.length; index += 3) {
    const [at = 0, lng = 0, lat = 0] = fixes.slice(index, index + 3);
    if (at - before > BREAK_MS) points += index === 0 ? '<trkseg>\n' : '</trkseg>\n<trkseg>\n';
    before = at;
    points += `<trkpt lat="${lat}" lon="${lng}"><time>${new Date(at).toISOString()}</time></trkpt>\n`;
  }
  return `<trk><name>${text(callSign || responderId)}</name><desc>${text(responderId)}</desc>${type}${points}</trkseg></trk>\n`;
}

/** Text of an element. What XML has no sign for at all becomes the sign for that. */
const text = (value: string): string =>
  value
    // oxlint-disable-next-line no-control-regex -- these are the ones that XML forbids
    .replaceAll(/[\u0000-\u0008\u000B\u000C\u000E-\u001F\uFFFE\uFFFF]|\p{Surrogate}/gu, '\uFFFD')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('\r', '&#13;');
