/** An event with the source's own key for it and its time, as `POST /api/ingest/events` takes it. */
export interface EventItem {
  readonly key: string;
  readonly at: number | string;
  readonly event: object;
}

/** Sends events through the public API. @throws unless every one of them is taken */
export async function postEvents(url: string, sourceKey: string, items: readonly EventItem[]): Promise<void> {
  const answer = await fetch(`${url}/api/ingest/events`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${sourceKey}` },
    body: JSON.stringify({ items }),
  });
  const said = await answer.text();
  const { taken } = JSON.parse(said) as { readonly taken?: number };
  if (taken !== items.length) throw new Error(`not every event was taken: ${said}`);
}
