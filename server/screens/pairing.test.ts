import { beforeEach, describe, expect, it } from 'vitest';
import {
  CODE_LIVES_MS,
  MOST_WAITING,
  MOST_WAITING_FROM_ONE_ADDRESS,
  Pairing,
  type Begun,
} from './pairing.ts';

let pairing: Pairing;
beforeEach(() => {
  pairing = new Pairing();
});

function begin(address = '10.0.0.7', now = 0): Begun {
  const begun = pairing.begin(address, now);
  if (!begun.ok) throw new Error(begun.fault.code);
  return begun.value;
}

describe('pairing', () => {
  it('shows a code without letters that are taken for others, and never the same twice', () => {
    const codes = Array.from({ length: MOST_WAITING }, (_, index) => begin(`10.0.0.${index}`).code);
    for (const code of codes)
      expect(code).toMatch(/^[ACDEFGHJKMNPQRTUVWXY34679]{3}-[ACDEFGHJKMNPQRTUVWXY34679]{3}$/);
    expect(new Set(codes).size).toBe(MOST_WAITING);
  });

  it('waits until the code is admitted, then gives the token to whoever has the secret, as often as asked', () => {
    const { pairingId, code, expiresAt } = begin();
    const other = begin();
    expect(pairing.collect(pairingId, 1)).toEqual({ state: 'waiting', expiresAt });
    pairing.find(` ${code.toLowerCase().replace('-', ' ')} `, 2)?.give('token');
    expect(pairing.collect(pairingId, 3)).toEqual({ state: 'admitted', token: 'token' });
    expect(pairing.collect(pairingId, 4)).toEqual({ state: 'admitted', token: 'token' });
    expect(pairing.collect(other.pairingId, 4)?.state).toBe('waiting');
    expect(pairing.collect(code, 4)).toBeUndefined();
  });

  it('admits a code once, and none that nobody shows', () => {
    const { code } = begin();
    pairing.find(code, 1)?.give('token');
    expect([pairing.find(code, 2), pairing.find('AAAAAA', 2), pairing.find('', 2)]).toEqual([
      undefined,
      undefined,
      undefined,
    ]);
  });

  it('ends after ten minutes', () => {
    const { pairingId, code, expiresAt } = begin('10.0.0.7', 5);
    expect(expiresAt).toBe(5 + CODE_LIVES_MS);
    expect(pairing.collect(pairingId, expiresAt - 1)).toBeDefined();
    expect([pairing.find(code, expiresAt), pairing.collect(pairingId, expiresAt)]).toEqual([
      undefined,
      undefined,
    ]);
  });

  it('has room for so many at a time, over all and from one address, and for more when those have ended', () => {
    for (let i = 0; i < MOST_WAITING_FROM_ONE_ADDRESS; i += 1) begin('10.0.0.7');
    expect(pairing.begin('10.0.0.7', 0)).toMatchObject({
      ok: false,
      fault: { code: 'screens.tooManyWaiting' },
    });
    for (let i = MOST_WAITING_FROM_ONE_ADDRESS; i < MOST_WAITING; i += 1) begin(`10.1.0.${i}`);
    expect(pairing.begin('10.2.0.1', 0).ok).toBe(false);
    expect(pairing.begin('10.0.0.7', CODE_LIVES_MS).ok).toBe(true);
  });
});
