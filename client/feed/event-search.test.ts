import { fail } from '@maplewall/shared/domain/fault.ts';
import { epochMs } from '@maplewall/shared/domain/units.ts';
import { describe, expect, it } from 'vitest';
import { EventSearch } from './event-search.ts';
import type { HistoryGuide } from './history-guide.ts';
import { HistoryIndex, type MinuteRef } from './history-index.ts';
import type { LoadedSegment } from './open-segment.ts';

const MINUTE_MS = 60_000;
/** A history of the minutes 10, 11, 12 and 20; frames by the second, those with an event by their second. */
const EVENTS: Readonly<Record<number, readonly number[]>> = { 10: [5, 50], 11: [], 12: [], 20: [7] };
const at = (minute: number, second: number) => epochMs(minute * MINUTE_MS + second * 1_000);

class Past {
  readonly asked: number[] = [];
  readonly index = new HistoryIndex();
  isBroken = false;
  constructor() {
    const day = { day: '1970-01-01', startsAt: at(0, 0), endsAt: at(1_440, 0) };
    this.index.setDays([{ ...day, minutesWithRecords: 4 }]);
    this.index.setDay({
      ...day,
      minutesWithRecords: 4,
      minutes: Object.keys(EVENTS).map((minute) => ({
        minute,
        startsAt: at(Number(minute), 0),
        etag: 'a',
      })),
    });
  }
  lookUp: HistoryGuide['lookUp'] = (moment) => {
    const found = this.index.lookUp(moment);
    return found.kind === 'unknown' ? 'waiting' : found;
  };
  get = ({ minute }: MinuteRef): LoadedSegment | undefined =>
    this.asked.includes(Number(minute))
      ? ({
          frames: Array.from({ length: 60 }, (_, second) => ({
            at: at(Number(minute), second + 1),
            events: EVENTS[Number(minute)]?.includes(second + 1) === true ? [{}] : [],
          })),
        } as unknown as LoadedSegment)
      : undefined;
  want = ({ minute }: MinuteRef): number => this.asked.push(Number(minute));
  faultOf = () => {
    const broken = fail('server.unavailable');
    return this.isBroken && !broken.ok ? broken.fault : undefined;
  };
}
/** What is found in the end, however many minutes have to be waited for. */
function search(past: Past, from: number, direction: 1 | -1) {
  const looking = new EventSearch(epochMs(from), direction);
  for (let turn = 0; turn < 20; turn += 1) {
    const found = looking.advance(past, past);
    if (found !== 'waiting') return found;
  }
  return 'waiting';
}

describe('the search for an event of the log', () => {
  it('finds the next and the previous one within a minute', () => {
    expect(search(new Past(), at(10, 5), 1)).toBe(at(10, 50));
    expect(search(new Past(), at(10, 50), -1)).toBe(at(10, 5));
    expect(search(new Past(), at(10, 30), -1)).toBe(at(10, 5));
  });

  it('fetches on where a minute has none, over gaps, one minute at a time and no more than it needs', () => {
    const past = new Past();
    expect(search(past, at(10, 55), 1)).toBe(at(20, 7));
    expect(past.asked).toEqual([10, 11, 12, 20]);
    const back = new Past();
    expect(search(back, at(20, 7), -1)).toBe(at(10, 50));
    expect(back.asked).toEqual([20, 12, 11, 10]);
  });

  it('finds nothing before the first, behind the last, and where a minute cannot be read', () => {
    expect(search(new Past(), at(10, 5), -1)).toBeUndefined();
    expect(search(new Past(), at(20, 7), 1)).toBeUndefined();
    const broken = new Past();
    broken.isBroken = true;
    expect(search(broken, at(10, 5), 1)).toBeUndefined();
  });
});
