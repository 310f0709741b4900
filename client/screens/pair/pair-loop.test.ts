import { expect, it } from 'vitest';
import { pairUntilAdmitted, type PairingGateway, type PairingShown } from './pair-loop.ts';

/** A gateway that answers by a list; `undefined` and 'away' are its bad moments. */
function course(
  begins: readonly (string | undefined)[],
  answers: readonly Awaited<ReturnType<PairingGateway['collect']>>[],
) {
  const shown: PairingShown[] = [];
  const asked: string[] = [];
  const [codes, given] = [[...begins], [...answers]];
  return {
    shown,
    asked,
    run: () =>
      pairUntilAdmitted({
        gateway: {
          begin: async () => {
            const code = codes.shift();
            return code === undefined ? undefined : { pairingId: `id of ${code}`, code };
          },
          collect: async (pairingId) => {
            asked.push(pairingId);
            return given.shift() ?? 'waiting';
          },
        },
        show: (next) => shown.push(next),
        wait: async () => undefined,
        isOver: () => codes.length === 0 && given.length === 0,
      }),
  };
}

it('a screen shows its code until it is admitted, also through bad moments', async () => {
  const { run, shown, asked } = course(['AAA-111'], ['waiting', 'away', 'waiting', { token: 'token' }]);
  expect(await run()).toBe('token');
  expect(shown).toEqual([{ kind: 'asking' }, { kind: 'code', code: 'AAA-111' }]);
  expect(asked).toEqual(Array.from({ length: 4 }, () => 'id of AAA-111'));
});

it('a code that has run out is replaced by itself, and one that cannot be had is asked for again', async () => {
  const { run, shown } = course([undefined, 'AAA-111', 'BBB-222'], ['over', { token: 'token' }]);
  expect(await run()).toBe('token');
  expect(shown).toEqual([
    { kind: 'asking' },
    { kind: 'trouble' },
    { kind: 'code', code: 'AAA-111' },
    { kind: 'code', code: 'BBB-222' },
  ]);
});

it('a page that is left asks no more', async () => {
  const { run, asked } = course(['AAA-111'], []);
  expect(await run()).toBeUndefined();
  expect(asked).toEqual([]);
});
