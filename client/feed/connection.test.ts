import { frameNo } from '@maplewall/shared/domain/units.ts';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  newConnection,
  step,
  type Connection,
  type ConnectionEffect,
  type ConnectionEvent,
} from './connection.ts';
import { WIRE_VERSION } from '@maplewall/shared/wire/wire-version.ts';

/** Runs events one after the other; gives the last connection and all effects. */
function run(events: readonly ConnectionEvent[]): { connection: Connection; effects: ConnectionEffect[] } {
  let connection = newConnection();
  const effects: ConnectionEffect[] = [];
  for (const event of events) {
    const next = step(connection, event);
    connection = next.connection;
    effects.push(...next.effects);
  }
  return { connection, effects };
}

const RUNNING: readonly ConnectionEvent[] = [
  { kind: 'start', now: 0 },
  { kind: 'opened', now: 10 },
  { kind: 'welcome', now: 20, run: 'run-1' },
  { kind: 'applied', frame: frameNo(7) },
];

const anyEvent: fc.Arbitrary<ConnectionEvent> = fc.oneof(
  fc.record({ kind: fc.constantFrom('start', 'opened', 'heard'), now: fc.nat(1e6) }),
  fc.record({ kind: fc.constant('welcome'), now: fc.nat(1e6), run: fc.constantFrom('a', 'b') }),
  fc.record({ kind: fc.constant('applied'), frame: fc.nat(100).map(frameNo) }),
  fc.record({
    kind: fc.constantFrom('unfit', 'closed', 'tick'),
    now: fc.nat(1e6),
    random: fc.double({ min: 0, max: 0.999, noNaN: true }),
  }),
  fc.record({
    kind: fc.constant('refused'),
    now: fc.nat(1e6),
    refusal: fc.record({
      code: fc.constantFrom('access', 'wireVersion', 'message'),
      sentence: fc.constant('no'),
    }),
  }),
);

describe('a connection', () => {
  it('[CON1] names the last frame held when it comes back', () => {
    const { effects } = run([
      ...RUNNING,
      { kind: 'closed', now: 100, random: 0 },
      { kind: 'tick', now: 1_100, random: 0 },
      { kind: 'opened', now: 1_200 },
    ]);
    expect(effects.at(-1)).toEqual({
      do: 'hello',
      hello: { wireVersion: WIRE_VERSION, run: 'run-1', frame: 7 },
    });
  });

  it('[CON1] asks for everything after a frame at fault', () => {
    const { effects } = run([
      ...RUNNING,
      { kind: 'unfit', now: 100, random: 0 },
      { kind: 'tick', now: 1_100, random: 0 },
      { kind: 'opened', now: 1_200 },
    ]);
    expect(effects).toContainEqual({ do: 'close' });
    expect(effects.at(-1)).toEqual({ do: 'hello', hello: { wireVersion: WIRE_VERSION } });
  });

  it('[CON1] forgets the frame held when the gateway is another run', () => {
    const { connection } = run([
      ...RUNNING,
      { kind: 'closed', now: 100, random: 0 },
      { kind: 'tick', now: 1_100, random: 0 },
      { kind: 'opened', now: 1_200 },
      { kind: 'welcome', now: 1_300, run: 'run-2' },
    ]);
    expect(connection).toMatchObject({ phase: 'running', run: 'run-2', held: undefined });
  });

  it('[CON2] waits between one second and thirty, and longer each time', () => {
    fc.assert(
      fc.property(
        fc.array(fc.double({ min: 0, max: 0.999, noNaN: true }), { minLength: 1, maxLength: 12 }),
        (randoms) => {
          let { connection } = run([{ kind: 'start', now: 0 }]);
          let now = 0;
          for (const [attempt, random] of randoms.entries()) {
            connection = step(connection, { kind: 'closed', now, random }).connection;
            const wait = Math.round(connection.retryAt - now);
            expect(wait).toBeGreaterThanOrEqual(1_000);
            expect(wait).toBeLessThanOrEqual(Math.min(30_000, 1_000 * 2 ** (attempt + 2)));
            now = connection.retryAt;
            connection = step(connection, { kind: 'tick', now, random: 0 }).connection;
            expect(connection.phase).toBe('opening');
          }
        },
      ),
      { seed: 1, numRuns: 200 },
    );
  });

  it('[CON2] starts over after a frame was applied', () => {
    const { connection } = run([
      { kind: 'start', now: 0 },
      { kind: 'closed', now: 0, random: 0.9 },
      { kind: 'tick', now: 60_000, random: 0 },
      { kind: 'opened', now: 60_001 },
      { kind: 'welcome', now: 60_002, run: 'a' },
      { kind: 'applied', frame: frameNo(1) },
    ]);
    expect(connection.attempt).toBe(0);
  });

  it('[CON3] says drawn for the first frame and then for each that is two or more beyond the last said', () => {
    const running = run([
      { kind: 'start', now: 0 },
      { kind: 'opened', now: 1 },
      { kind: 'welcome', now: 2, run: 'a' },
    ]).connection;
    let connection = running;
    const said: number[] = [];
    for (const frame of [7, 8, 9, 10, 13, 14, 15]) {
      const next = step(connection, { kind: 'applied', frame: frameNo(frame) });
      connection = next.connection;
      for (const effect of next.effects) if (effect.do === 'drawn') said.push(effect.frame);
    }
    expect(said).toEqual([7, 9, 13, 15]);
  });

  it('[CON3] says drawn for none but frames applied while it runs', () => {
    fc.assert(
      fc.property(fc.array(anyEvent, { maxLength: 60 }), (events) => {
        let connection = newConnection();
        for (const event of events) {
          const next = step(connection, event);
          const drawn = next.effects.filter((effect) => effect.do === 'drawn');
          const isApplied = event.kind === 'applied' && connection.phase === 'running';
          const isFirst = isApplied && connection.said === undefined;
          const expected = isApplied ? [{ do: 'drawn', frame: event.frame }] : [];
          expect(drawn).toEqual(isFirst || drawn.length > 0 ? expected : []);
          connection = next.connection;
        }
      }),
      { seed: 2, numRuns: 500 },
    );
  });

  it('[CON4] does nothing after stop, whatever happens', () => {
    fc.assert(
      fc.property(
        fc.array(anyEvent, { maxLength: 30 }),
        fc.array(anyEvent, { maxLength: 30 }),
        (before, after) => {
          let { connection } = run([...before, { kind: 'stop' }]);
          for (const event of after.filter(({ kind }) => kind !== 'start')) {
            const next = step(connection, event);
            expect(next.effects).toEqual([]);
            connection = next.connection;
          }
          expect(connection.phase).toBe('stopped');
        },
      ),
      { seed: 3, numRuns: 300 },
    );
  });

  it('gives a silent line up and tries again', () => {
    const { connection, effects } = run([...RUNNING, { kind: 'tick', now: 20_000, random: 0.5 }]);
    expect(effects.at(-1)).toEqual({ do: 'close' });
    expect(connection).toMatchObject({ phase: 'waiting', lostAt: 20_000 });
  });

  it.each([['access'], ['wireVersion']] as const)(
    'is given up for half a minute when the gateway refuses it for its %s',
    (code) => {
      const refusal = { code, sentence: 'no' };
      const { connection, effects } = run([...RUNNING, { kind: 'refused', now: 100, refusal }]);
      expect(effects.at(-1)).toEqual({ do: 'close' });
      expect(connection).toMatchObject({ phase: 'waiting', refusal, lostAt: 100, retryAt: 30_100 });
    },
  );

  it('goes on when the gateway refuses one of its messages', () => {
    const running = run(RUNNING).connection;
    const refusal = { code: 'message', sentence: 'report is not valid' } as const;
    expect(step(running, { kind: 'refused', now: 100, refusal })).toEqual({
      connection: running,
      effects: [],
    });
  });

  it('opens a socket only when none is open', () => {
    fc.assert(
      fc.property(fc.array(anyEvent, { maxLength: 80 }), (events) => {
        let connection = newConnection();
        let isOpen = false;
        for (const event of events) {
          if (event.kind === 'closed') isOpen = false;
          const next = step(connection, event);
          for (const effect of next.effects) {
            expect(effect.do === 'open' && isOpen).toBe(false);
            if (effect.do === 'open') isOpen = true;
            if (effect.do === 'close') isOpen = false;
          }
          connection = next.connection;
        }
      }),
      { seed: 4, numRuns: 500 },
    );
  });
});
