import { CATEGORIES } from '@maplewall/shared/domain/incident.ts';
import { seededRandom, type Random } from '@maplewall/mock/seeded-random.ts';

const KINDS = ['volunteer', 'volunteer', 'volunteer', 'sentry', 'officer', 'gridWorker'] as const;
/** 1.4 metres in degrees of latitude; a degree of longitude is shorter by the cosine. */
const STEP_DEGREES = 1.4 / 111_000;
const EVENTS_PER_REQUEST = 500;

export interface BusyCityOptions {
  readonly url: string;
  /** Of a source, as the gateway's `addSource` gives it. */
  readonly key: string;
  /** west, south, east, north of where things happen. */
  readonly bounds: readonly [number, number, number, number];
  readonly responders: number;
  readonly openIncidents: number;
  /** Each gets a risk. */
  readonly gridIds: readonly string[];
  /** Metres that the first responder covers in a second, at most 83: the map draws as often as the fastest one needs. */
  readonly fastestMetres?: number;
}

/** A city in which much happens, through the public ingest API of a real gateway. The same events for the same options. */
export class BusyCity {
  readonly #options: BusyCityOptions;
  readonly #random: Random = seededRandom(1, 'busy-city');
  readonly #places: { lng: number; lat: number; heading: number }[];
  #keys = 0;
  #incidents = 0;
  #ticks = 0;
  #fixAt = 0;

  constructor(options: BusyCityOptions) {
    this.#options = options;
    this.#places = Array.from({ length: options.responders }, () => ({
      ...this.#somewhere(),
      heading: this.#random.between(0, 2 * Math.PI),
    }));
  }

  /** Everybody on duty and seen, every incident open and in one of its stages, every risk known. @throws on refusal */
  async fill(): Promise<void> {
    const { openIncidents, gridIds } = this.#options;
    const arrivals = this.#places.map((_, index) => ({
      kind: 'responder.checkedIn',
      responderId: responder(index),
      responderKind: KINDS[index % KINDS.length],
      callSign: `城${index}`,
    }));
    await this.#send(arrivals);
    await this.#sendPositions();
    const incidents: object[] = [];
    for (let index = 0; index < openIncidents; index++) incidents.push(...this.#incident(index % 4));
    await this.#send(incidents);
    const risks = gridIds.map((gridId) => ({ gridId, level: this.#random.below(101) }));
    if (risks.length > 0) await this.#send([{ kind: 'grid.risk', risks }]);
  }

  /** A second goes by: a fix of everybody, now and then something new. @throws on refusal */
  async tick(): Promise<void> {
    this.#ticks += 1;
    await this.#sendPositions();
    if (this.#ticks % 2 === 0) await this.#send(this.#incident(0));
  }

  #somewhere(): { lng: number; lat: number } {
    const [west, south, east, north] = this.#options.bounds;
    return { lng: this.#random.between(west, east), lat: this.#random.between(south, north) };
  }

  /** An incident that went through `stages` stages of its first order. */
  #incident(stages: number): readonly object[] {
    const number = this.#incidents++;
    const incidentId = `J-${number}`;
    const orderId = `D-${number}`;
    const received = {
      kind: 'incident.received',
      incidentId,
      category: CATEGORIES[number % CATEGORIES.length],
      priority: 1 + (number % 4),
      ...this.#somewhere(),
      place: `世纪大道 ${number} 号`,
    };
    const offered = {
      kind: 'order.offered',
      orderId,
      incidentId,
      responderId: responder(number % this.#options.responders),
    };
    const later = ['accepted', 'enRoute', 'onScene'].map((stage) => ({
      kind: 'order.stage',
      orderId,
      stage,
    }));
    return [received, offered, ...later].slice(0, stages === 0 ? 1 : 2 + stages);
  }

  async #send(events: readonly object[]): Promise<void> {
    for (let from = 0; from < events.length; from += EVENTS_PER_REQUEST)
      await this.#post('/api/ingest/events', {
        items: events
          .slice(from, from + EVENTS_PER_REQUEST)
          .map((event) => ({ key: `k${this.#keys++}`, at: Date.now(), event })),
      });
  }

  async #sendPositions(): Promise<void> {
    const { fastestMetres = 1.4 } = this.#options;
    const north = 1 / Math.cos((this.#options.bounds[1] * Math.PI) / 180);
    for (const [index, place] of this.#places.entries()) {
      // The fast one goes to and fro, so that it stays in the picture.
      if (index === 0) place.heading = this.#ticks % 2 === 0 ? 0 : Math.PI;
      else place.heading += this.#random.between(-0.25, 0.25);
      const step = STEP_DEGREES * (index === 0 ? fastestMetres / 1.4 : 1);
      place.lng += Math.sin(place.heading) * step * north;
      place.lat += Math.cos(place.heading) * step;
    }
    // Never two fixes within one second, which the gateway would take for the same.
    this.#fixAt = Math.max(this.#fixAt + 1_000, Date.now());
    const round = (value: number): number => Math.round(value * 1e6) / 1e6;
    await this.#post('/api/ingest/positions', {
      responders: this.#places.map((_, index) => responder(index)),
      who: this.#places.map((_, index) => index),
      lng: this.#places.map(({ lng }) => round(lng)),
      lat: this.#places.map(({ lat }) => round(lat)),
      fixAt: this.#places.map(() => this.#fixAt),
    });
  }

  async #post(path: string, body: object): Promise<void> {
    const answer = await fetch(`${this.#options.url}${path}`, {
      method: 'POST',
      headers: { authorization: `Bearer ${this.#options.key}`, 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    const told = (await answer.json()) as { readonly refused?: number | readonly object[] };
    const refused = typeof told.refused === 'number' ? told.refused : (told.refused?.length ?? 0);
    if (!answer.ok || refused > 0) throw new Error(`${path}: ${JSON.stringify(told).slice(0, 400)}`);
  }
}

const responder = (index: number): string => `V-${index}`;
