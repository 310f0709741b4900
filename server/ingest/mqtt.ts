import type { SourceKeys } from '../access/source-keys.ts';
import type { Ingest } from './ingest.ts';
import { startMqttBroker } from './mqtt-broker.ts';
import { startMqttClient } from './mqtt-client.ts';
import { SparingLogger, type IngestLogger } from './sparing-logger.ts';
import { MqttDoor, type RunningMqtt } from './mqtt-door.ts';

/**
 * Takes OwnTracks over MQTT: with a broker inside, on `host` and `port`, or, where `url` is given, from a broker outside.
 * @throws when the port cannot be opened; a broker outside that does not answer is tried again for ever
 */
export function startMqtt(options: {
  readonly ingest: Ingest;
  readonly sourceKeys: SourceKeys;
  readonly host: string;
  readonly port: number;
  readonly url?: string | undefined;
  readonly logger: IngestLogger;
}): Promise<RunningMqtt> {
  const { ingest, sourceKeys, host, port, url } = options;
  const logger = new SparingLogger(options.logger, ingest.clock);
  const door = new MqttDoor(ingest, sourceKeys, logger);
  return url === undefined
    ? startMqttBroker({ door, sourceKeys, host, port, logger })
    : startMqttClient({ door, url, logger });
}
