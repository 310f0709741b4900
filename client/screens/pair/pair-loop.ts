/** What the page shows while it waits. */
export type PairingShown =
  | { readonly kind: 'asking' }
  | { readonly kind: 'code'; readonly code: string }
  /** The gateway is away, or has too many screens that wait. */
  | { readonly kind: 'trouble' };

/** The gateway as a screen knows it that is not admitted yet. */
export interface PairingGateway {
  /** A code to show; undefined where there is none to be had at the moment. */
  begin(): Promise<{ readonly pairingId: string; readonly code: string } | undefined>;
  /** `over`: this code has run out. `away`: the gateway does not answer, so nothing is known. */
  collect(pairingId: string): Promise<{ readonly token: string } | 'waiting' | 'over' | 'away'>;
}

export const LOOK_EVERY_MS = 2_000;
export const TRY_AGAIN_MS = 5_000;

/**
 * Shows one code after another until somebody admits this screen.
 * @returns its token; undefined when `isOver` ended it
 */
export async function pairUntilAdmitted(parts: {
  readonly gateway: PairingGateway;
  readonly show: (shown: PairingShown) => void;
  readonly wait: (milliseconds: number) => Promise<void>;
  readonly isOver: () => boolean;
}): Promise<string | undefined> {
  const { gateway, show, wait, isOver } = parts;
  show({ kind: 'asking' });
  while (!isOver()) {
    const begun = await gateway.begin();
    if (begun === undefined) {
      show({ kind: 'trouble' });
      await wait(TRY_AGAIN_MS);
      continue;
    }
    show({ kind: 'code', code: begun.code });
    for (;;) {
      await wait(LOOK_EVERY_MS);
      if (isOver()) return undefined;
      const collected = await gateway.collect(begun.pairingId);
      if (typeof collected === 'object') return collected.token;
      if (collected === 'over') break;
    }
  }
  return undefined;
}

const post = (path: string, body: unknown): Promise<Response> =>
  fetch(path, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });

/** The gateway that this page came from. */
export const pairingOverHttp: PairingGateway = {
  begin: async () => {
    try {
      const answer = await post('/api/screens/pairing', {});
      return answer.ok ? ((await answer.json()) as { pairingId: string; code: string }) : undefined;
    } catch {
      // Shown as trouble; asked again in a moment.
      return undefined;
    }
  },
  collect: async (pairingId) => {
    try {
      const answer = await post('/api/screens/pairing/collect', { pairingId });
      if (answer.status === 410) return 'over';
      if (!answer.ok) return 'away';
      const { token } = (await answer.json()) as { readonly token?: string };
      return token === undefined ? 'waiting' : { token };
    } catch {
      // Asked again in a moment.
      return 'away';
    }
  },
};
