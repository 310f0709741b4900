/** An event with the source's own key for it and its time, as `POST /api/ingest/events` takes it. */
export interface EventItem {
  readonly key: string;
  readonly at: number | string;
  readonly event: object;
}

/** A fix as `POST /api/ingest/positions` takes it. */
export interface FixItem {
  readonly responderId: string;
  readonly lng: number;
  readonly lat: number;
  readonly fixAt: number;
}

/** Sends events through the public API. @throws unless every one of them is taken */
export const postEvents = (url: string, sourceKey: string, items: readonly EventItem[]): Promise<void> =>
  post(`${url}/api/ingest/events`, sourceKey, { items }, items.length);

/** Sends fixes through the public API. @throws unless every one of them is taken */
export const postFixes = (url: string, sourceKey: string, fixes: readonly FixItem[]): Promise<void> =>
  post(`${url}/api/ingest/positions`, sourceKey, { fixes }, fixes.length);

async function post(address: string, sourceKey: string, body: object, count: number): Promise<void> {
  const answer = await fetch(address, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${sourceKey}` },
    body: JSON.stringify(body),
  });
  const said = await answer.text();
  const { taken } = JSON.parse(said) as { readonly taken?: number };
  if (taken !== count) throw new Error(`not all of it was taken: ${said}`);
}
