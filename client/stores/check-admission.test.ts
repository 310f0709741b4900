import { beforeEach, describe, expect, it } from 'vitest';
import { checkAdmission, TOKEN_KEY } from './check-admission.ts';

/** The gateway's side of sessions: one good token, and whether the browser still sends its cookie. */
const gateway = { token: 'good', hasCookie: false, isAway: false, status: 0 };
let kept: string | undefined;
beforeEach(() => {
  Object.assign(gateway, { token: 'good', hasCookie: false, isAway: false, status: 0 });
  kept = undefined;
});

const session = (): Response => Response.json({ role: 'screen', name: 'w', layout: 'east-1' });
const refused = (): Response => Response.json({ code: 'access.notPaired' }, { status: 401 });
const check = () =>
  checkAdmission({
    ask: async (_, init) => {
      if (gateway.isAway) throw new TypeError('no connection');
      if (gateway.status !== 0) return new Response('', { status: gateway.status });
      if (init === undefined) return gateway.hasCookie ? session() : refused();
      const { token } = JSON.parse(String(init.body)) as { token: string };
      gateway.hasCookie = token === gateway.token;
      return gateway.hasCookie ? session() : refused();
    },
    storage: {
      getItem: (name) => (name === TOKEN_KEY ? (kept ?? null) : null),
      removeItem: () => {
        kept = undefined;
      },
    },
  });

describe('whether a page may look', () => {
  it('is so with its cookie, and nothing more is needed', async () => {
    gateway.hasCookie = true;
    expect(await check()).toEqual({ state: 'admitted', layout: 'east-1' });
  });

  it('is so again when the cookie was lost and the token was kept', async () => {
    kept = 'good';
    expect(await check()).toEqual({ state: 'admitted', layout: 'east-1' });
    expect([gateway.hasCookie, kept]).toEqual([true, 'good']);
  });

  it('is not so without either, nor with a token that was taken away, which is forgotten', async () => {
    expect(await check()).toEqual({ state: 'unpaired' });
    kept = 'bad';
    expect(await check()).toEqual({ state: 'unpaired' });
    expect(kept).toBeUndefined();
  });

  it('is not known while the gateway is away or in trouble, and the token stays', async () => {
    kept = 'good';
    gateway.isAway = true;
    expect(await check()).toEqual({ state: 'unknown' });
    gateway.isAway = false;
    for (gateway.status of [500, 503, 429]) expect(await check()).toEqual({ state: 'unknown' });
    expect(kept).toBe('good');
  });
});
