import type { Duty } from './duty.ts';
import type { Patrol } from './patrol.ts';
import type { Person } from './people.ts';

/** One person's duty as far as it lies in one day of life; it begins and ends at the base. */
export interface Stretch {
  readonly person: Person;
  readonly duty: Duty;
  /** Milliseconds since 1970; `duty.from`, or the day's beginning for a duty that began the night before. */
  readonly from: number;
  readonly to: number;
  readonly patrol: Patrol;
  /** Until when an order, or an offer not answered, takes the person. */
  busyUntil: number;
}
