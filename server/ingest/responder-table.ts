/** What ingest knows of somebody's duty; it decides whether live fixes are taken. */
export const UNKNOWN_DUTY = 0;
export const ON_DUTY = 1;
export const OFF_DUTY = 2;

/** Seconds before the newest fix in which a repeated fix is found: 17 minutes. */
const WINDOW_SECONDS = 1_024;
const WINDOW_WORDS = WINDOW_SECONDS / 32;
/** From here on, places of people who are not on duty are given to others. */
const REUSE_FROM = 262_144;
const PROBES = 64;

/**
 * Everybody whom ingest heard of, in columns: duty, the newest fix, and which seconds before it are taken. It is
 * memory only; at a restart it is told the newest fixes, and what else it forgets is caught by batch keys and by the fold, which
 * takes no fix twice.
 */
export class ResponderTable {
  readonly #places = new Map<string, number>();
  readonly #ids: string[] = [];
  #hand = 0;
  duty = new Uint8Array(1_024);
  /** What ReportingSources knows. */
  through = new Uint8Array(1_024);
  /** Of the newest fix; 0: no fix yet. */
  lastSeconds = new Uint32Array(1_024);
  lastLngE5 = new Int32Array(1_024);
  lastLatE5 = new Int32Array(1_024);
  #taken = new Uint32Array(1_024 * WINDOW_WORDS);

  /** -1 when nobody of this name was heard of. */
  find(id: string): number {
    return this.#places.get(id) ?? -1;
  }

  findOrAdd(id: string): number {
    const known = this.#places.get(id);
    if (known !== undefined) return known;
    const place = this.#ids.length >= REUSE_FROM ? this.#reuse() : this.#grow();
    this.#ids[place] = id;
    this.#places.set(id, place);
    return place;
  }

  isTaken(place: number, seconds: number): boolean {
    const last = this.lastSeconds[place] ?? 0;
    if (seconds > last || last - seconds >= WINDOW_SECONDS) return false;
    return ((this.#taken[this.#word(place, seconds)] ?? 0) & bit(seconds)) !== 0;
  }

  take(place: number, lngE5: number, latE5: number, seconds: number): void {
    const last = this.lastSeconds[place] ?? 0;
    if (seconds > last) {
      this.#forgetBetween(place, last, seconds);
      this.lastSeconds[place] = seconds;
      this.lastLngE5[place] = lngE5;
      this.lastLatE5[place] = latE5;
    } else if (last - seconds >= WINDOW_SECONDS) return;
    const word = this.#word(place, seconds);
    this.#taken[word] = (this.#taken[word] ?? 0) | bit(seconds);
  }

  /**
   * Takes a fix back that could not be written, so that it is taken when it is sent again. Where it was the newest, it goes on
   * saying where the responder was: the device said so.
   */
  untake(place: number, seconds: number): void {
    const last = this.lastSeconds[place] ?? 0;
    if (seconds > last || last - seconds >= WINDOW_SECONDS) return;
    const word = this.#word(place, seconds);
    this.#taken[word] = (this.#taken[word] ?? 0) & ~bit(seconds);
  }

  #word(place: number, seconds: number): number {
    return place * WINDOW_WORDS + ((seconds % WINDOW_SECONDS) >>> 5);
  }

  #forgetBetween(place: number, last: number, seconds: number): void {
    if (last === 0 || seconds - last >= WINDOW_SECONDS) {
      this.#taken.fill(0, place * WINDOW_WORDS, (place + 1) * WINDOW_WORDS);
      return;
    }
    for (let second = last + 1; second <= seconds; second += 1) {
      const word = this.#word(place, second);
      this.#taken[word] = (this.#taken[word] ?? 0) & ~bit(second);
    }
  }

  #grow(): number {
    const place = this.#ids.length;
    if (place < this.duty.length) return place;
    const capacity = place * 2;
    this.duty = grown(this.duty, new Uint8Array(capacity));
    this.through = grown(this.through, new Uint8Array(capacity));
    this.lastSeconds = grown(this.lastSeconds, new Uint32Array(capacity));
    this.lastLngE5 = grown(this.lastLngE5, new Int32Array(capacity));
    this.lastLatE5 = grown(this.lastLatE5, new Int32Array(capacity));
    this.#taken = grown(this.#taken, new Uint32Array(capacity * WINDOW_WORDS));
    return place;
  }

  #reuse(): number {
    for (let probe = 0; probe < PROBES; probe += 1) {
      this.#hand = (this.#hand + 1) % this.#ids.length;
      const place = this.#hand;
      if (this.duty[place] === ON_DUTY) continue;
      this.#places.delete(this.#ids[place] ?? '');
      this.duty[place] = UNKNOWN_DUTY;
      this.through[place] = 0;
      this.lastSeconds[place] = 0;
      return place;
    }
    return this.#grow();
  }
}

const bit = (seconds: number): number => 1 << (seconds & 31);

function grown<T extends Uint8Array | Uint32Array | Int32Array>(from: T, into: T): T {
  into.set(from);
  return into;
}
