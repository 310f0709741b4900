import { fault, faultSentence, type Fault } from '@maplewall/shared/domain/fault.ts';
import type { Device, SourceKeys } from '../access/source-keys.ts';
import type { Ingest } from './ingest.ts';
import { parseJson } from './json-body.ts';
import { parseOwntracks } from './owntracks.ts';
import { toCarrier } from './phone.ts';
import type { SparingLogger } from './sparing-logger.ts';

/** As large as a phone's message may be, topic included. */
export const MAX_MESSAGE_BYTES = 64 * 1024;

export interface RunningMqtt {
  /** Of the broker inside; that of `url` where the broker is outside. */
  readonly port: number;
  stop(): Promise<void>;
}

/** `owntracks/USER/DEVICE`, with whatever stands below it. */
const TOPIC = /^\/?owntracks\/([^/]+)\/([^/]+)(\/.*)?$/s;

/** What a message over MQTT means, whichever broker it came through. */
export class MqttDoor {
  readonly #ingest: Ingest;
  readonly #sourceKeys: SourceKeys;
  readonly #logger: SparingLogger;

  constructor(ingest: Ingest, sourceKeys: SourceKeys, logger: SparingLogger) {
    this.#ingest = ingest;
    this.#sourceKeys = sourceKeys;
    this.#logger = logger;
  }

  /** The registered device that a topic belongs to. */
  deviceOfTopic(topic: string): Device | undefined {
    const found = TOPIC.exec(topic);
    return found === null ? undefined : this.#sourceKeys.device(found[1] ?? '', found[2] ?? '');
  }

  /**
   * Takes a message of a device. Bad ones are counted and logged, never answered: MQTT 3 has no word for it.
   * @returns false when the log could not be written, so that the message must be sent again
   */
  async take(device: Device, topic: string, payload: Uint8Array): Promise<boolean> {
    const { source } = device;
    // Below the device's own topic are events, way points, cards and commands; none says where somebody is.
    if (TOPIC.exec(topic)?.[3] !== undefined || payload.length === 0) {
      this.#ingest.count(source.id, 'phones.ignored');
      return true;
    }
    if (payload.length > MAX_MESSAGE_BYTES)
      return this.#drop(device, fault('request.tooLarge', '', { limit: MAX_MESSAGE_BYTES }));
    const body = parseJson(payload);
    const message = body.ok ? parseOwntracks(body.value) : body;
    if (!message.ok) return this.#drop(device, message.fault);
    if ('ignored' in message.value) {
      this.#ingest.count(source.id, 'phones.ignored');
      return true;
    }
    const { responderId, callSign } = toCarrier(device);
    const refused = await this.#ingest.takeFix(source, { ...message.value.fix, responderId }, callSign);
    return refused?.code !== 'server.unavailable';
  }

  /** A message on a topic of no registered device, from a broker outside. */
  dropUnknown(topic: string): void {
    this.#logger.log(
      'warn',
      { topic: topic.slice(0, 128) },
      'an MQTT message of an unregistered device was dropped',
    );
  }

  #drop(device: Device, given: Fault): true {
    this.#ingest.count(device.source.id, given.code);
    this.#logger.log(
      'warn',
      { user: device.user, device: device.device, code: given.code, reason: faultSentence(given, 'en') },
      'an MQTT message was dropped',
    );
    return true;
  }
}
