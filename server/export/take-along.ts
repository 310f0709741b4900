import { gzip } from 'node:zlib';
import { promisify } from 'node:util';
import { PACK_FILES, type City } from '@maplewall/shared/domain/city.ts';
import { minuteOf, startOfMinute, type EpochMs } from '@maplewall/shared/domain/units.ts';
import type { HistoryDayDetail, HistoryIncidents, KnownDayDetail } from '@maplewall/shared/wire/history.ts';
import type { NotesOfDay } from '@maplewall/shared/wire/notes.ts';
import { DateTime } from 'luxon';
import { localDayOf, minuteName, type LocalDay } from '../history/local-day.ts';
import type { Range } from './range.ts';

const compress = promisify(gzip);
const MINUTE_MS = 60_000;
/** So many days of counts by precinct the panels ask for. */
const PRECINCT_DAYS = 62;
/** Where history is asked as it is known now, and as the wall knew it. */
const NOW = '/api/history';
const THEN = '/api/history/known';

/** What the gateway answers to a viewer. */
export interface Answered {
  readonly status: number;
  readonly type: string;
  /** As it came: packed already, or not. */
  readonly isGzip: boolean;
  readonly body: Buffer;
}
/** Asks the gateway's own routes with the rights of the one who takes the file along. */
export type Ask = (address: string) => Promise<Answered>;

export interface TakeAlong {
  /** The built page of the player, with its marks. */
  readonly player: string;
  readonly city: City;
  readonly range: Range;
  /** Whether it holds the past as the wall knew it as well. */
  readonly knowsThen: boolean;
  readonly ask: Ask;
}

/**
 * A replay as one page that needs no gateway: the player, and what the gateway answers now to all that it will ask
 * (docs/spec/export.md). One minute is held in memory at a time.
 * @throws when a minute of the range cannot be had: half a file would be taken for a whole one
 */
export async function* takeAlong({ player, city, range, knowsThen, ask }: TakeAlong): AsyncGenerator<string> {
  const { timeZone } = city;
  const [beforeHead, afterHead] = splitAt(player, '<!--head-->');
  const [beforeAnswers, afterAnswers] = splitAt(afterHead, '<!--answers-->');
  const days = daysOf(range, timeZone);
  yield beforeHead + head(city, range, days, knowsThen) + beforeAnswers;
  for (const address of ['/api/city', ...PACK_FILES.map((file) => `/api/city/${file}`), `${NOW}/days`])
    yield await element(address, await ask(address));
  for (const day of days) {
    const minutes = yield* aboutDay(day, range, timeZone, ask);
    yield* segments(`${NOW}/${day.day}`, minutes, ask);
  }
  if (knowsThen) yield* asThenKnown(days, range, ask);
  yield* whatIsReached(range, ask);
  yield afterAnswers;
}

/** Lists and counts of a day; of those that name single things, what lies in the range. Answers its minutes in the range. */
async function* aboutDay(
  { day }: LocalDay,
  range: Range,
  timeZone: string,
  ask: Ask,
): AsyncGenerator<string, HistoryDayDetail['minutes']> {
  const address = `${NOW}/${day}`;
  const detail = read<HistoryDayDetail>(await ask(address));
  const incidents = read<HistoryIncidents>(await ask(`${address}/incidents`));
  const notes = read<NotesOfDay>(await ask(`/api/notes?day=${day}`));
  const minutes = minutesIn(range, detail.minutes);
  const isInside = ({ at }: { readonly at: EpochMs }): boolean => at >= range.from && at < range.to;
  yield await element(address, answerOf({ ...detail, minutes }));
  yield await element(`${address}/incidents`, answerOf({ incidents: incidents.incidents.filter(isInside) }));
  yield await element(`/api/notes?day=${day}`, answerOf({ notes: notes.notes.filter(isInside) }));
  const others = [
    `/api/coverage/course?day=${day}`,
    `/api/history/precincts?days=${PRECINCT_DAYS}&until=${day}`,
    ...hoursOf(detail, range, timeZone).map((hour) => `${address}/usual-places?hour=${hour}`),
  ];
  for (const other of others) yield await element(other, await ask(other));
  return minutes;
}

/** The same days as the wall knew them. A minute that still runs is left out: of it there would be a part. */
async function* asThenKnown(days: readonly LocalDay[], range: Range, ask: Ask): AsyncGenerator<string> {
  yield await element(`${THEN}/days`, await ask(`${THEN}/days`));
  for (const { day } of days) {
    const address = `${THEN}/${day}`;
    const detail = read<KnownDayDetail>(await ask(address));
    const isOver = ({ until }: KnownDayDetail['minutes'][number]): boolean => until === undefined;
    const minutes = minutesIn(range, detail.minutes.filter(isOver));
    yield await element(address, answerOf({ ...detail, minutes }));
    yield* segments(address, minutes, ask);
  }
}

/** The minutes of the range; where it begins in a time without records, the last one before shows how things stood. */
function minutesIn<Minute extends { readonly startsAt: EpochMs }>(
  range: Range,
  minutes: readonly Minute[],
): readonly Minute[] {
  const first = minutes.findIndex(({ startsAt }) => startsAt + MINUTE_MS > range.from);
  const begins = first === -1 ? minutes.length : first;
  const isGap = (minutes[begins]?.startsAt ?? Number.POSITIVE_INFINITY) > range.from;
  return minutes
    .slice(isGap ? Math.max(0, begins - 1) : begins)
    .filter(({ startsAt }) => startsAt < range.to);
}

async function* segments(
  ofDay: string,
  minutes: readonly { readonly minute: string }[],
  ask: Ask,
): AsyncGenerator<string> {
  for (const { minute } of minutes) {
    const address = `${ofDay}/${encodeURIComponent(minute)}`;
    const answer = await ask(address);
    if (answer.status !== 200) throw new Error(`${address}: ${answer.status}`);
    yield await element(address, answer);
  }
}

/** Coverage by the minute, and the streets that posts reach whenever they are others. Without them a panel says that it has none. */
async function* whatIsReached(range: Range, ask: Ask): AsyncGenerator<string> {
  let streets = '';
  for (let at = startOfMinute(minuteOf(range.from)); at < range.to; at = (at + MINUTE_MS) as EpochMs) {
    const t = encodeURIComponent(new Date(at).toISOString());
    yield await element('/api/coverage', await ask(`/api/coverage?t=${t}`), at);
    const posts = await ask(`/api/reach/posts?t=${t}`);
    const now = posts.status === 200 ? posts.body.toString('base64') : String(posts.status);
    if (now === streets) continue;
    streets = now;
    yield await element('/api/reach/posts', posts, at);
  }
}

/** An answer as an element of the page; nothing where there was none. */
async function element(address: string, answer: Answered, at?: EpochMs): Promise<string> {
  // At another moment the answer before would be taken for this one.
  if (answer.status !== 200)
    return at === undefined
      ? ''
      : `<script type="text/plain" data-answer="${escaped(address)}" data-none="" data-at="${at}"></script>\n`;
  // Segments are deflated as they are.
  const packs = !answer.isGzip && answer.type !== 'application/octet-stream';
  const bytes = packs ? await compress(answer.body) : answer.body;
  const packed = packs || answer.isGzip ? ' data-packed="gzip"' : '';
  const moment = at === undefined ? '' : ` data-at="${at}"`;
  return (
    `<script type="text/plain" data-answer="${escaped(address)}" data-type="${escaped(answer.type)}"${packed}${moment}>` +
    `${bytes.toString('base64')}</script>\n`
  );
}

const answerOf = (value: object): Answered => ({
  status: 200,
  type: 'application/json',
  isGzip: false,
  body: Buffer.from(JSON.stringify(value)),
});

function read<T>({ status, body }: Answered): T {
  if (status !== 200) throw new Error(`the gateway answered ${status} to its own question`);
  return JSON.parse(body.toString()) as T;
}

/** What the player is told: where it begins, and of which days it has something. */
function head(city: City, range: Range, days: readonly LocalDay[], knowsThen: boolean): string {
  const [first] = days;
  const address = `/replay/${first?.day ?? ''}/${minuteName(range.from, city.timeZone)}`;
  const about = JSON.stringify({ address, days: days.map(({ day }) => day), knowsThen });
  const from = DateTime.fromMillis(range.from, { zone: city.timeZone }).toFormat('yyyy-MM-dd HH:mm');
  const to = DateTime.fromMillis(range.to, { zone: city.timeZone }).toFormat('yyyy-MM-dd HH:mm');
  const title = `枫屏 Maplewall · ${city.name.zh} ${city.name.en} · ${from} – ${to}`;
  return `<title>${escaped(title)}</title>\n<script type="application/json" id="about">${about.replaceAll('<', '\\u003c')}</script>`;
}

function daysOf({ from, to }: Range, timeZone: string): readonly LocalDay[] {
  const days: LocalDay[] = [];
  for (let at: EpochMs = from; at < to;) {
    const day = localDayOf(at, timeZone);
    days.push(day);
    at = day.endsAt;
  }
  return days;
}

/** The hours of the day, 0–23, of which the range has a part. */
function hoursOf(
  { startsAt, endsAt }: Pick<LocalDay, 'startsAt' | 'endsAt'>,
  { from, to }: Range,
  timeZone: string,
): readonly number[] {
  const hours = new Set<number>();
  for (let at = Math.max(from, startsAt); at < Math.min(to, endsAt); at += MINUTE_MS)
    hours.add(DateTime.fromMillis(at, { zone: timeZone }).hour);
  return [...hours];
}

function splitAt(text: string, mark: string): readonly [string, string] {
  const at = text.indexOf(mark);
  if (at === -1) throw new Error(`the player's page has no mark ${mark}`);
  return [text.slice(0, at), text.slice(at + mark.length)];
}

const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
