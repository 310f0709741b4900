import type { Life } from '../life/day.ts';
import { liveDay } from '../life/day.ts';
import type { IngestClient } from './ingest-client.ts';

const EVENTS_PER_BATCH = 3_000;

/** Sends the events of the days before `until`, oldest first, and says how far it is. */
export async function sendPastEvents(
  life: Life,
  client: IngestClient,
  firstDay: number,
  until: number,
  say: (line: string) => void,
): Promise<void> {
  const lastDay = life.calendar.dayOf(until);
  let waiting: ReturnType<typeof liveDay>['events'][number][] = [];
  for (let day = firstDay; day <= lastDay; day += 1) {
    const { events } = liveDay(life, day);
    const dayEnd = life.calendar.startOf(day + 1);
    // What lies beyond the day waits for its turn, so that everything is sent in the order of time.
    const due = [...waiting, ...events].toSorted((a, b) => a.at - b.at);
    waiting = due.filter(({ at }) => at >= dayEnd);
    const now = due.filter(({ at }) => at < Math.min(dayEnd, until));
    for (let start = 0; start < now.length; start += EVENTS_PER_BATCH)
      await client.sendEvents(now.slice(start, start + EVENTS_PER_BATCH));
    say(`demo: history of day ${day - firstDay + 1} of ${lastDay - firstDay + 1}`);
  }
}
