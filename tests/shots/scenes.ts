import type { CityEvent } from '@maplewall/shared/domain/event.ts';
import type { Lat, Lng } from '@maplewall/shared/domain/units.ts';
import type { IncidentId, OrderId, ResponderId } from '@maplewall/shared/domain/ids.ts';
import { startRelay, type Relay } from '../support/relay.ts';
import type { TestGateway } from '../support/start-gateway.ts';
import { gatewayAt, momentOfCity, nearestOnDuty, startLivingCity, type LivingCity } from './living-city.ts';

export type SceneName = 'busy-evening' | 'quiet-night' | 'alarm-flood' | 'stale-link' | 'empty-city';

export interface Shot {
  readonly scene: SceneName;
  readonly theme: 'dark' | 'light';
  readonly width: number;
  readonly height: number;
  /** Pixels of the picture for one of the screen. */
  readonly scale: number;
}

/** The same layout as at 3840 × 2160, which has four times as much map to draw. */
const HALF = { width: 1_920, height: 1_080, scale: 0.5 };
const THEMES = ['dark', 'light'] as const;
const inBothThemes = (scene: SceneName, screen = HALF): readonly Shot[] =>
  THEMES.map((theme) => ({ scene, theme, ...screen }));

/** Every picture, in the order in which they are taken: those of one scene one after the other. */
export const SHOTS: readonly Shot[] = [
  ...inBothThemes('busy-evening'),
  ...inBothThemes('busy-evening', { width: 3_840, height: 2_160, scale: 0.25 }),
  ...inBothThemes('busy-evening', { width: 2_560, height: 1_080, scale: 0.5 }),
  ...inBothThemes('busy-evening', { width: 5_760, height: 1_080, scale: 0.25 }),
  ...inBothThemes('busy-evening', { width: 7_680, height: 2_160, scale: 0.25 }),
  ...inBothThemes('stale-link'),
  ...inBothThemes('alarm-flood'),
  ...inBothThemes('quiet-night'),
  ...inBothThemes('empty-city'),
];

export const fileOf = ({ scene, theme, width, height }: Shot): string =>
  `${scene}-${theme}-${width}x${height}.png`;

/** A scene that stands, to be opened at `url`. */
export interface StandingScene {
  readonly url: string;
  /** To be called when the picture stands; the scene may change it once more. */
  beforePicture(): Promise<void>;
  /** To be called after it: the next picture of the scene finds it as the first did. */
  afterPicture(): Promise<void>;
}

const EVENING = momentOfCity('2026-11-20T20:30:00');
const NIGHT = momentOfCity('2026-11-20T03:40:00');

/** Builds scenes from the same few cities, and takes all down at the end. */
export class Scenes {
  readonly #cityDir: string;
  readonly #stops: (() => Promise<void>)[] = [];
  #evening: Promise<LivingCity> | undefined;
  #relay: Relay | undefined;

  constructor(cityDir: string) {
    this.#cityDir = cityDir;
  }

  /** Scenes of the evening follow one another: the flood comes over what was there, and stays. */
  async open(name: SceneName): Promise<StandingScene> {
    switch (name) {
      case 'busy-evening':
        return standing((await this.#atEvening()).server);
      case 'stale-link':
        return this.#staleLink((await this.#atEvening()).server);
      case 'alarm-flood': {
        const evening = await this.#atEvening();
        await evening.send(flood());
        return standing(evening.server);
      }
      case 'quiet-night': {
        const night = await this.#kept(startLivingCity(this.#cityDir, NIGHT));
        return standing(night.server);
      }
      case 'empty-city':
        return standing(await this.#kept(gatewayAt(EVENING)));
    }
  }

  async close(): Promise<void> {
    await this.#relay?.close();
    for (const stop of this.#stops.toReversed()) await stop();
  }

  async #kept<T extends { stop(): Promise<void> }>(starting: Promise<T>): Promise<T> {
    const started = await starting;
    this.#stops.push(() => started.stop());
    return started;
  }

  #atEvening(): Promise<LivingCity> {
    this.#evening ??= this.#kept(startLivingCity(this.#cityDir, EVENING)).then(async (city) => {
      await city.send(newFire(city.server));
      return city;
    });
    return this.#evening;
  }

  async #staleLink(server: TestGateway): Promise<StandingScene> {
    this.#relay = await startRelay(server.gateway.port);
    const { url } = this.#relay;
    return {
      url,
      beforePicture: async () => {
        await this.#relay?.close();
        this.#relay = undefined;
      },
      afterPicture: async () => {
        this.#relay = await startRelay(server.gateway.port, Number(new URL(url).port));
      },
    };
  }
}

const standing = ({ url }: TestGateway): StandingScene => ({
  url,
  beforePicture: async () => undefined,
  afterPicture: async () => undefined,
});

type Told = { readonly secondsAgo: number; readonly event: CityEvent };
const received = (id: string, lng: number, lat: number, place: string, secondsAgo: number): Told => ({
  secondsAgo,
  event: {
    kind: 'incident.received',
    incidentId: id as IncidentId,
    category: 'fireAndSafety',
    priority: 1,
    lng: lng as Lng,
    lat: lat as Lat,
    place,
  },
});

const FIRE = { lng: 120.5535, lat: 27.5785 };

/** A fire that came in eleven seconds ago: two were asked, one has accepted and runs. */
function newFire(server: TestGateway): readonly Told[] {
  const id = 'shots-fire';
  const asked = nearestOnDuty(server, FIRE.lng, FIRE.lat, 2) as readonly ResponderId[];
  return [
    received(id, FIRE.lng, FIRE.lat, '人民路印刷园3号楼', 11),
    ...asked.flatMap((responderId, index): readonly Told[] => {
      const orderId = `shots-order-${index}` as OrderId;
      const offered: Told = {
        secondsAgo: 10,
        event: { kind: 'order.offered', orderId, incidentId: id as IncidentId, responderId },
      };
      const stages = index === 0 ? (['accepted', 'enRoute'] as const) : [];
      return [
        offered,
        ...stages.map((stage, step): Told => ({
          secondsAgo: 6 - step,
          event: { kind: 'order.stage', orderId, stage },
        })),
      ];
    }),
  ];
}

/** Fourteen dangers to life in seven minutes, each at another place: more than anybody can be told one by one. */
const flood = (): readonly Told[] =>
  Array.from({ length: 14 }, (_, index) =>
    received(
      `shots-flood-${index}`,
      120.51 + 0.0075 * index,
      27.56 + 0.004 * (index % 5),
      `滨海大道${100 + index}号`,
      430 - 30 * index,
    ),
  );
