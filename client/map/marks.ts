import type { Layer } from '@deck.gl/core';
import type { EpochMs } from '@maplewall/shared/domain/units.ts';
import type { TeamId } from '@maplewall/shared/domain/ids.ts';
import type { WorldChange } from '../world/client-world.ts';
import { Crowd } from './crowd.ts';
import { clusterIncidents } from './incident-clusters.ts';
import { IncidentsLayer } from './layers/incidents.ts';
import { OrderHeadsLayer } from './layers/order-heads.ts';
import { OrderLinesLayer } from './layers/order-lines.ts';
import { PostsLayer } from './layers/posts.ts';
import { RespondersLayer } from './layers/responders.ts';
import { cityFile } from './city-file.ts';
import type { MapColours } from './map-colours.ts';
import type { MapLayerVisibility, MapOptions } from './map-handle.ts';
import { markWords } from './map-words.ts';
import { PostMarks } from './post-marks.ts';
import { OrderWays } from './ways/order-ways.ts';
import { WorkerWays } from './ways/way-source.ts';

/** Marks of incidents nearer than this lie upon each other, on a 1080-line screen. */
const CLUSTER_PIXELS = 15;

export interface MarksLook {
  readonly colours: MapColours;
  readonly scale: number;
  readonly isCalm: boolean;
  readonly figureFont: string;
  readonly language: MapOptions['language'];
  readonly visible: MapLayerVisibility;
  /** A layer that keeps failing is left out, and the others go on. */
  readonly hasGivenUp: (part: string) => boolean;
}

export interface MarksParts {
  readonly onFailure: (part: string, error: unknown) => void;
  /** Rows changed without a change of the world. */
  readonly onChange: () => void;
}

/** The rows of everything that is drawn above the ground, kept up to date with the world, and the layers that draw them. */
export class Marks {
  readonly posts: PostMarks;
  readonly crowd: Crowd;
  readonly ways: OrderWays;
  readonly #options: MapOptions;
  #clusters = 0;
  #clustered = { version: -1, within: 0, seconds: Number.NaN };

  constructor(options: MapOptions, { onFailure, onChange }: MarksParts) {
    const { city, clientWorld, cityUrl } = options;
    this.#options = options;
    this.posts = new PostMarks(city, clientWorld.mercator);
    this.crowd = new Crowd(clientWorld);
    const roads = cityFile(cityUrl, 'roads');
    this.ways = new OrderWays({
      clientWorld,
      source: new WorkerWays(roads, city.centre, (error) => {
        onFailure('ways', error);
      }),
      onFound: onChange,
      now: () => performance.now(),
    });
    this.posts.write(clientWorld.world);
    this.ways.write();
  }

  /** Marks that stand for several incidents. */
  get clusters(): number {
    return this.#clusters;
  }

  showTeam(team: TeamId | undefined): void {
    this.crowd.showTeam(team);
  }

  /** After the world changed. */
  take({ replaced, events, positions }: WorldChange): void {
    const { world } = this.#options.clientWorld;
    if (replaced || events) this.posts.write(world);
    if (replaced || events || positions) this.ways.write();
  }

  /** Before a picture: what depends on the camera and on the moment. Costs nothing while neither moved a step. */
  prepare(at: EpochMs, pixelsPerUnit: number, scale: number): void {
    this.crowd.write(at, pixelsPerUnit, scale);
    const { version, clock, incidentMarks } = this.#options.clientWorld;
    const within = 2 ** (Math.round(4 * Math.log2((CLUSTER_PIXELS * scale) / pixelsPerUnit)) / 4);
    const seconds = Math.floor(clock.toSeconds(at));
    const done = this.#clustered;
    if (done.version === version && done.within === within && done.seconds === seconds) return;
    done.version = version;
    done.within = within;
    done.seconds = seconds;
    this.#clusters = clusterIncidents(incidentMarks.table, seconds, within);
  }

  /** The layers from below to above. Made anew for a new look, never for a picture. */
  layers({ colours, scale, isCalm, figureFont, language, visible, hasGivenUp }: MarksLook): Layer[] {
    const { clientWorld, now } = this.#options;
    const clock = (): number => clientWorld.clock.toSeconds(now());
    const common = { colours, clock, scale, isCalm, mercator: clientWorld.mercator, parameters: PARAMETERS };
    const signed = {
      ...common,
      figureFont,
      units: markWords(language),
    };
    const layers = [
      new PostsLayer({ ...common, id: 'posts', table: this.posts.table, visible: visible.posts !== false }),
      new OrderLinesLayer({
        ...common,
        id: 'order-lines',
        table: this.ways.lines,
        visible: visible.orders !== false,
      }),
      new RespondersLayer({
        ...common,
        id: 'responders',
        table: clientWorld.motion.table,
        visible: visible.responders !== false,
        whose: clientWorld.motion.whose,
        // Depth decides who lies above whom here, and only here.
        parameters: { ...PARAMETERS, depthWriteEnabled: true, depthCompare: 'less-equal' },
      }),
      new OrderHeadsLayer({
        ...signed,
        id: 'order-heads',
        table: this.ways.heads,
        visible: visible.orders !== false,
      }),
      new IncidentsLayer({
        ...signed,
        id: 'incidents',
        table: clientWorld.incidentMarks.table,
        visible: visible.incidents !== false,
      }),
    ];
    return layers.filter(({ id }) => !hasGivenUp(id));
  }

  dispose(): void {
    this.ways.dispose();
  }
}

/** Shaders give colours already multiplied by their opacity. */
const PARAMETERS = {
  depthWriteEnabled: false,
  depthCompare: 'always',
  blend: true,
  blendColorOperation: 'add',
  blendColorSrcFactor: 'one',
  blendColorDstFactor: 'one-minus-src-alpha',
  blendAlphaOperation: 'add',
  blendAlphaSrcFactor: 'one',
  blendAlphaDstFactor: 'one-minus-src-alpha',
} as const;
