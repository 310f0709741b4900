import fc from 'fast-check';
import type { CityEvent } from '@maplewall/shared/domain/event.ts';
import type { Mode } from '@maplewall/shared/domain/mode.ts';
import { arbitraryRecords } from '@maplewall/shared/world/records.arbitrary.ts';
import { seededRandom } from '@maplewall/mock/seeded-random.ts';

const MINUTE_MS = 60_000;
const SEED = 20_261_128;

/** One request to a door of the gateway; `late` is how much of it happened long before. */
export interface Sending {
  /** The second of the evening in which it arrives, and how far into that second. */
  readonly second: number;
  readonly ms: number;
  readonly source: number;
  readonly path: 'events' | 'positions';
  readonly body: object;
  readonly late: number;
}

interface Item {
  readonly key: string;
  readonly at: number;
  readonly mode: Mode;
  readonly event: CityEvent;
}

/**
 * What arrives within so many seconds from `startsAt` on: events that meet, contradict and repeat one another, and fixes; one in
 * six happened up to hours before, one in five is sent once more, by itself or in company. Always the same.
 */
export function lateAndRepeated(startsAt: number, lasts: number, count: number): readonly Sending[] {
  const random = seededRandom(SEED, 'late-and-repeated');
  const events = fc
    .sample(arbitraryRecords(200), { numRuns: 12, seed: SEED })
    .flat()
    .flatMap((record) =>
      record.type === 'event'
        ? [{ event: record.event, mode: record.mode, source: Number(record.seq) % 3 }]
        : [],
    );
  const sent: Pick<Sending, 'source' | 'path' | 'body'>[] = [];
  const seconds = new Set<number>();
  while (seconds.size < count) seconds.add(random.below(lasts - 120) + 60);
  let next = 0;
  return [...seconds]
    .toSorted((a, b) => a - b)
    .map((second): Sending => {
      const when = { second, ms: random.below(1_000) };
      const now = startsAt + second * 1_000 + when.ms;
      if (sent.length > 0 && random.chance(0.2)) {
        return { ...when, ...random.pick(sent), late: 0 };
      }
      const lateMs = random.chance(1 / 6)
        ? random.between(MINUTE_MS, 200 * MINUTE_MS)
        : random.between(0, 900);
      const late = (items: number): number => (lateMs < MINUTE_MS ? 0 : items);
      if (random.chance(0.4)) {
        const fixes = Array.from({ length: 1 + random.below(8) }, (_, index) => ({
          responderId: `V-000${random.below(8)}`,
          // Within the reach of somebody who walks, whenever they were seen before.
          lng: 120.5 + random.below(30) / 1e5,
          lat: 27.5 + random.below(30) / 1e5,
          fixAt: Math.floor(now - lateMs - index * 1_000),
        }));
        const body = random.chance(0.5) ? { fixes } : { key: `batch ${second}`, fixes };
        const sending = { source: 1, path: 'positions', body } as const;
        sent.push(sending);
        return { ...when, ...sending, late: late(fixes.length) };
      }
      const items = Array.from({ length: 1 + random.below(6) }, (_, index): Item => {
        const { event, mode } = events[(next += 1) % events.length] ?? random.pick(events);
        return { key: `${second} ${index}`, at: Math.floor(now - lateMs), mode, event };
      });
      const sending = { source: next % 3, path: 'events', body: { items } } as const;
      sent.push(sending);
      return { ...when, ...sending, late: late(items.length) };
    });
}
