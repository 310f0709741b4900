/** Where the page keeps its token beside the cookie, which it cannot read. */
export const TOKEN_KEY = 'maplewall-screen';

export type Admission =
  | { readonly state: 'admitted'; readonly layout: string | null }
  | { readonly state: 'unpaired' }
  /** The gateway did not say. */
  | { readonly state: 'unknown' };

export interface AdmissionParts {
  readonly ask: (path: string, init?: RequestInit) => Promise<Response>;
  readonly storage: Pick<Storage, 'getItem' | 'removeItem'>;
}

const SESSION = '/api/screens/session';

/**
 * Asks the gateway whether this page may look. Where its cookie is gone, the token that the page kept has it set again; a token that
 * is worth nothing any more is thrown away.
 */
export async function checkAdmission({ ask, storage }: AdmissionParts): Promise<Admission> {
  try {
    const answer = await ask(SESSION);
    if (answer.ok) return admitted(answer);
    if (answer.status !== 401) return { state: 'unknown' };
    const token = storage.getItem(TOKEN_KEY);
    if (token === null) return { state: 'unpaired' };
    const healed = await ask(SESSION, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ token }),
    });
    if (healed.ok) return admitted(healed);
    if (healed.status !== 401 && healed.status !== 400) return { state: 'unknown' };
    storage.removeItem(TOKEN_KEY);
    return { state: 'unpaired' };
  } catch {
    // No connection: nothing is known, and whoever asked asks again.
    return { state: 'unknown' };
  }
}

async function admitted(answer: Response): Promise<Admission> {
  const { layout } = (await answer.json()) as { readonly layout: string | null };
  return { state: 'admitted', layout };
}
