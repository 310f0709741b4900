import type { FrameNo } from '@maplewall/shared/domain/units.ts';
import { WIRE_VERSION } from '@maplewall/shared/wire/wire-version.ts';
import { ANSWER_EVERY_FRAMES, type Hello } from '@maplewall/shared/wire/up.ts';
import type { Refusal } from '@maplewall/shared/wire/down.ts';

/** Nothing heard for so long: the line is dead, whatever the socket says. Frames come every second. */
const SILENCE_MS = 15_000;
/** An opening that takes longer is given up. */
const OPENING_MS = 10_000;
const SHORTEST_WAIT_MS = 1_000;
const LONGEST_WAIT_MS = 30_000;

/**
 * The viewer's side of one connection after another, without a socket and without a clock in it.
 *
 *   stopped ─start─► opening ─opened─► greeting ─welcome─► running
 *                      ▲                  │ refused          │ closed, silence, unfit
 *                      └──── retry due ── waiting ◄──────────┘
 *
 *   CON1  A hello names the last frame held only if no frame was at fault since.
 *   CON2  Waits are random between 1 s and twice the wait before, at most 30 s; a frame applied starts over.
 *   CON3  'drawn' is said for the first frame applied, then for each that is ANSWER_EVERY_FRAMES or more beyond the last
 *         said, and never for one that was not applied.
 *   CON4  After stop nothing is done, whatever happens.
 */
export interface Connection {
  readonly phase: 'stopped' | 'opening' | 'greeting' | 'running' | 'waiting';
  /** Of our clock: when this phase began, or when something was heard last. */
  readonly heardAt: number;
  readonly retryAt: number;
  readonly attempt: number;
  /** When the last running connection was lost; undefined while one runs or none ever did. */
  readonly lostAt: number | undefined;
  readonly refusal: Refusal | undefined;
  readonly run: string | undefined;
  /** The last frame held, of `run`. */
  readonly held: FrameNo | undefined;
  /** The last frame for which 'drawn' was said on this connection. */
  readonly said: FrameNo | undefined;
}

export const newConnection = (): Connection => ({
  phase: 'stopped',
  heardAt: 0,
  retryAt: 0,
  attempt: 0,
  lostAt: undefined,
  refusal: undefined,
  run: undefined,
  held: undefined,
  said: undefined,
});

/** `now` is of our steady clock, `random` from 0 up to 1. */
export type ConnectionEvent =
  | { readonly kind: 'start'; readonly now: number }
  | { readonly kind: 'opened'; readonly now: number }
  | { readonly kind: 'welcome'; readonly now: number; readonly run: string }
  | { readonly kind: 'heard'; readonly now: number }
  | { readonly kind: 'applied'; readonly frame: FrameNo }
  /** What came cannot be read, or does not follow: everything must be sent anew. */
  | { readonly kind: 'unfit'; readonly now: number; readonly random: number }
  | { readonly kind: 'refused'; readonly now: number; readonly refusal: Refusal }
  | { readonly kind: 'closed'; readonly now: number; readonly random: number }
  | { readonly kind: 'tick'; readonly now: number; readonly random: number }
  | { readonly kind: 'stop' };

export type ConnectionEffect =
  | { readonly do: 'open' }
  | { readonly do: 'close' }
  | { readonly do: 'hello'; readonly hello: Hello }
  | { readonly do: 'drawn'; readonly frame: FrameNo };

export interface Step {
  readonly connection: Connection;
  readonly effects: readonly ConnectionEffect[];
}

/** What happens next. Events that do not fit the phase change nothing. */
export function step(connection: Connection, event: ConnectionEvent): Step {
  const stay: Step = { connection, effects: [] };
  if (event.kind === 'stop')
    return connection.phase === 'stopped'
      ? stay
      : { connection: { ...newConnection() }, effects: [{ do: 'close' }] };
  if (event.kind === 'start')
    return connection.phase === 'stopped' ? open({ ...connection, attempt: 1 }, event.now) : stay;
  if (connection.phase === 'stopped') return stay;
  const { phase } = connection;
  switch (event.kind) {
    case 'opened':
      return phase === 'opening'
        ? {
            connection: { ...connection, phase: 'greeting', heardAt: event.now },
            effects: [{ do: 'hello', hello: helloOf(connection) }],
          }
        : stay;
    case 'welcome':
      return phase === 'greeting' ? { connection: welcomed(connection, event), effects: [] } : stay;
    case 'heard':
      return phase === 'running' ? { connection: { ...connection, heardAt: event.now }, effects: [] } : stay;
    case 'applied':
      return phase === 'running' ? applied(connection, event.frame) : stay;
    case 'unfit':
      return phase === 'running'
        ? wait({ ...connection, held: undefined, run: undefined }, event, [{ do: 'close' }])
        : stay;
    case 'refused':
      // One message that the gateway cannot take is no reason to do without the others.
      return phase === 'waiting' || event.refusal.code === 'message'
        ? stay
        : {
            connection: {
              ...connection,
              phase: 'waiting',
              refusal: event.refusal,
              held: undefined,
              retryAt: event.now + LONGEST_WAIT_MS,
              lostAt: connection.lostAt ?? event.now,
            },
            effects: [{ do: 'close' }],
          };
    case 'closed':
      return phase === 'waiting' ? stay : wait(connection, event, []);
    case 'tick':
      return tick(connection, event);
  }
}

function tick(connection: Connection, event: { readonly now: number; readonly random: number }): Step {
  const { phase, heardAt, retryAt } = connection;
  const patience = phase === 'running' ? SILENCE_MS : OPENING_MS;
  if (phase === 'waiting')
    return event.now >= retryAt ? open(connection, event.now) : { connection, effects: [] };
  return event.now - heardAt > patience
    ? wait(connection, event, [{ do: 'close' }])
    : { connection, effects: [] };
}

const open = (connection: Connection, now: number): Step => ({
  connection: { ...connection, phase: 'opening', heardAt: now },
  effects: [{ do: 'open' }],
});

function applied(connection: Connection, frame: FrameNo): Step {
  const { said } = connection;
  const saysSo = said === undefined || Math.abs(frame - said) >= ANSWER_EVERY_FRAMES;
  return {
    connection: { ...connection, held: frame, said: saysSo ? frame : said, attempt: 0 },
    effects: saysSo ? [{ do: 'drawn', frame }] : [],
  };
}

/** A frame's number means something within its run only. */
const welcomed = (
  connection: Connection,
  { run, now }: { readonly run: string; readonly now: number },
): Connection => ({
  ...connection,
  phase: 'running',
  heardAt: now,
  lostAt: undefined,
  refusal: undefined,
  run,
  held: connection.run === run ? connection.held : undefined,
  said: undefined,
});

function wait(
  connection: Connection,
  { now, random }: { readonly now: number; readonly random: number },
  effects: readonly ConnectionEffect[],
): Step {
  const ceiling = Math.min(LONGEST_WAIT_MS, SHORTEST_WAIT_MS * 2 ** Math.min(connection.attempt + 1, 10));
  return {
    connection: {
      ...connection,
      phase: 'waiting',
      retryAt: now + Math.round(SHORTEST_WAIT_MS + random * (ceiling - SHORTEST_WAIT_MS)),
      attempt: connection.attempt + 1,
      lostAt: connection.lostAt ?? now,
    },
    effects,
  };
}

const helloOf = ({ run, held }: Connection): Hello =>
  run === undefined || held === undefined
    ? { wireVersion: WIRE_VERSION }
    : { wireVersion: WIRE_VERSION, run, frame: held };
