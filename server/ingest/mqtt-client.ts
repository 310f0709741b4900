import { connect } from 'mqtt';
import { MAX_MESSAGE_BYTES, type MqttDoor, type RunningMqtt } from './mqtt-door.ts';
import type { SparingLogger } from './sparing-logger.ts';

const RECONNECT_MS = 2_000;
const STANDARD_PORT = 1_883;

/**
 * Listens at a broker outside, which has looked at passwords and topics itself; devices are registered here all the same. The
 * session is kept, so that the broker holds messages of QoS 1 while the gateway is away; several gateways at one broker
 * need names of their own (`?clientId=` in the address). mqtt.js reads packets one after
 * the other, so waiting for the disk before each acknowledgement would make one fix per commit: messages are
 * acknowledged when they are read. Those of the last milliseconds are lost if the gateway is killed; the broker inside
 * has no such gap.
 */
export async function startMqttClient(options: {
  readonly door: MqttDoor;
  readonly url: string;
  readonly logger: SparingLogger;
}): Promise<RunningMqtt> {
  const { door, url, logger } = options;
  const client = connect(url, {
    clientId: 'maplewall-gateway',
    clean: false,
    reconnectPeriod: RECONNECT_MS,
    resubscribe: true,
  });
  const running = new Set<Promise<unknown>>();
  client.on('connect', () => {
    client.subscribe('owntracks/+/+', { qos: 1 }, (error) => {
      if (error !== null) logger.log('error', { error }, 'the MQTT broker does not let us listen');
    });
  });
  client.on('error', (error) =>
    logger.log('error', { error }, 'the MQTT broker cannot be used for the moment'),
  );
  client.on('message', (topic, payload, packet) => {
    // What the broker retained was sent before we listened, and was taken then.
    if (packet.retain || payload.length > MAX_MESSAGE_BYTES) return;
    const device = door.deviceOfTopic(topic);
    if (device === undefined) {
      door.dropUnknown(topic);
      return;
    }
    const taken = door
      .take(device, topic, payload)
      .then((isTaken) => {
        if (!isTaken)
          logger.log('error', { topic }, 'an MQTT message was lost because the log could not be written');
      })
      .catch((error: unknown) => logger.log('error', { error }, 'an unexpected error with an MQTT message'))
      .finally(() => running.delete(taken));
    running.add(taken);
  });
  return {
    port: Number(new URL(url).port) || STANDARD_PORT,
    stop: async () => {
      await client.endAsync();
      await Promise.allSettled(running);
    },
  };
}
