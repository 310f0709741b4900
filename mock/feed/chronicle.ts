import { LONGEST_AFTERMATH_DAYS } from '../life/everyday.ts';
import type { Life, LifeDay } from '../life/life.ts';
import { byTime, type LifeEvent } from '../life/records.ts';

/** All that happens from a moment on, in the order of time, lived as far as it is asked for. */
export class Chronicle {
  readonly #life: Life;
  #waiting: readonly LifeEvent[];
  #told = 0;
  #nextDay: number;
  #lived: readonly LifeDay[] = [];

  private constructor(life: Life, nextDay: number, waiting: readonly LifeEvent[]) {
    this.#life = life;
    this.#nextDay = nextDay;
    this.#waiting = waiting;
  }

  /** Begins history with a day: whoever is on duty at its first moment is checked in before. */
  static from(life: Life, firstDay: number): Chronicle {
    return new Chronicle(life, firstDay, life.dutyEventsAcross(firstDay - 1));
  }

  /** Goes on at a moment; what began on the days before still ends. */
  static since(life: Life, at: number): Chronicle {
    const day = life.calendar.dayOf(at);
    const chronicle = new Chronicle(life, day - LONGEST_AFTERMATH_DAYS, []);
    chronicle.take(at);
    return chronicle;
  }

  /** What happens before `until` and was not told yet. */
  take(until: number): readonly LifeEvent[] {
    while (this.#life.calendar.startOf(this.#nextDay) < until) this.#liveOn();
    let end = this.#told;
    for (let next = this.#waiting[end]; next !== undefined && next.at < until; next = this.#waiting[end])
      end += 1;
    const taken = this.#waiting.slice(this.#told, end);
    this.#told = end;
    return taken;
  }

  /** The day in which a moment lies. */
  dayAt(at: number): LifeDay {
    const day = this.#life.calendar.dayOf(at);
    return this.#lived.find((lived) => lived.day === day) ?? this.#life.liveDay(day);
  }

  #liveOn(): void {
    const lived = this.#life.liveDay(this.#nextDay);
    this.#nextDay += 1;
    this.#lived = [lived, ...this.#lived.slice(0, 1)];
    this.#waiting = [...this.#waiting.slice(this.#told), ...lived.events].toSorted(byTime);
    this.#told = 0;
  }
}
