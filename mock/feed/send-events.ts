import type { LifeEvent, SourceName } from '../life/records.ts';
import type { IngestClient } from './ingest-client.ts';

const MOST_ITEMS = 5_000;
/** The API takes bodies of four megabytes; names in Chinese take three bytes a character. */
const MOST_CHARACTERS = 2_000_000;
/** Lanes of the source that tells most. */
const LANES = 3;

/**
 * Sends events, several batches in flight. What is about one subject goes one after another, so that nobody is checked
 * out before being checked in; subjects pass each other.
 */
export async function sendEvents(client: IngestClient, events: readonly LifeEvent[]): Promise<void> {
  const lanes = new Map<string, { readonly source: SourceName; readonly items: string[] }>();
  for (const { source, key, at, event } of events) {
    const name = `${source}/${source === 'demo-110' ? laneOf(key) : 0}`;
    let lane = lanes.get(name);
    if (lane === undefined) {
      lane = { source, items: [] };
      lanes.set(name, lane);
    }
    lane.items.push(JSON.stringify({ key, at, event }));
  }
  await Promise.all(Array.from(lanes.values(), ({ source, items }) => sendLane(client, source, items)));
}

async function sendLane(client: IngestClient, source: SourceName, items: readonly string[]): Promise<void> {
  let batch: string[] = [];
  let characters = 0;
  for (const item of items) {
    if (batch.length === MOST_ITEMS || (batch.length > 0 && characters + item.length > MOST_CHARACTERS)) {
      await client.sendEvents(source, batch);
      batch = [];
      characters = 0;
    }
    batch.push(item);
    characters += item.length;
  }
  if (batch.length > 0) await client.sendEvents(source, batch);
}

function laneOf(key: string): number {
  const subject = key.slice(0, key.indexOf('/'));
  let sum = 0;
  for (let index = 0; index < subject.length; index += 1) sum = (sum * 31 + subject.charCodeAt(index)) | 0;
  return Math.abs(sum) % LANES;
}
