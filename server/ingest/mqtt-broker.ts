import { createServer, type Socket } from 'node:net';
import { Aedes, type AuthenticateError, type Client } from 'aedes';
import type { Device, SourceKeys } from '../access/source-keys.ts';
import { MAX_MESSAGE_BYTES, type MqttDoor, type RunningMqtt } from './mqtt-door.ts';
import { MqttPacketGuard } from './mqtt-packet-guard.ts';
import type { SparingLogger } from './sparing-logger.ts';

const BAD_USER_NAME_OR_PASSWORD = 4;

/**
 * A broker inside the gateway (MQTT 3.1.1): each device signs in with its user and its own password and may publish, and
 * listen, below its own topic only. A message is acknowledged (QoS 1, 2) when its fix is on disk, because aedes waits for
 * `authorizePublish` before it answers. Nothing is retained: a broker that hands out last positions is no place for them.
 */
export async function startMqttBroker(options: {
  readonly door: MqttDoor;
  readonly sourceKeys: SourceKeys;
  readonly host: string;
  readonly port: number;
  readonly logger: SparingLogger;
}): Promise<RunningMqtt> {
  const { door, sourceKeys, host, port, logger } = options;
  const devices = new WeakMap<Client, Device>();

  const broker = await Aedes.createBroker({
    maxClientsIdLength: 128,
    authenticate: (client, user, password, done) => {
      const device =
        user === undefined || password === undefined
          ? undefined
          : sourceKeys.checkPassword(user, password.toString('utf8'));
      if (device !== undefined) {
        devices.set(client, device);
        done(null, true);
        return;
      }
      logger.log(
        'warn',
        { address: addressOf(client) },
        'an MQTT client was turned away: wrong user or password',
      );
      done(
        Object.assign(new Error('wrong user or password'), {
          returnCode: BAD_USER_NAME_OR_PASSWORD,
        }) as AuthenticateError,
        null,
      );
    },
    authorizePublish: (client, packet, done) => {
      packet.retain = false;
      const device = client === null ? undefined : stillRegistered(devices.get(client), sourceKeys);
      if (device === undefined || !isBelow(packet.topic, device)) {
        logger.log(
          'warn',
          { topic: packet.topic.slice(0, 128), user: device?.user, device: device?.device },
          'an MQTT client published outside its own topic',
        );
        done(new Error('not your topic'));
        return;
      }
      const payload = typeof packet.payload === 'string' ? Buffer.from(packet.payload) : packet.payload;
      void answerWhenTaken(door.take(device, packet.topic, payload), done, logger);
    },
    authorizeSubscribe: (client, subscription, done) => {
      const device = devices.get(client);
      done(null, device !== undefined && isBelow(subscription.topic, device) ? subscription : null);
    },
  });
  // A client that breaks the protocol is closed by aedes; that is its own affair.
  broker.on('clientError', (_, error) =>
    logger.log('warn', { reason: error.message }, 'an MQTT client failed'),
  );
  broker.on('connectionError', (_, error) =>
    logger.log('warn', { reason: error.message }, 'an MQTT connection failed'),
  );

  const server = createServer((socket) => {
    refuseLargePackets(socket, logger);
    broker.handle(socket);
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, resolve);
  });
  const address = server.address();
  return {
    port: typeof address === 'object' && address !== null ? address.port : port,
    stop: async () => {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      await new Promise<void>((resolve) => broker.close(() => resolve()));
      await closed;
    },
  };
}

async function answerWhenTaken(
  taken: Promise<boolean>,
  done: (error: Error | null) => void,
  logger: SparingLogger,
): Promise<void> {
  let refusal: Error | null = null;
  try {
    if (!(await taken)) refusal = new Error('not taken for the moment');
  } catch (error) {
    logger.log('error', { error }, 'an unexpected error with an MQTT message');
    refusal = new Error('not taken');
  }
  done(refusal);
}

const stillRegistered = (device: Device | undefined, sourceKeys: SourceKeys): Device | undefined =>
  device === undefined ? undefined : sourceKeys.device(device.user, device.device);

function isBelow(topic: string, { user, device }: Device): boolean {
  const own = `owntracks/${user}/${device}`;
  return topic === own || topic.startsWith(`${own}/`);
}

const addressOf = (client: Client): string | undefined =>
  'remoteAddress' in client.conn ? client.conn.remoteAddress : undefined;

/** aedes would collect a packet of up to 256 MiB in memory before it looks at it, from anybody. */
function refuseLargePackets(socket: Socket, logger: SparingLogger): void {
  const guard = new MqttPacketGuard(MAX_MESSAGE_BYTES);
  const read = socket.read.bind(socket);
  // aedes takes its bytes by `read`, so this is the place that all of them pass.
  socket.read = (size?: number) => {
    const bytes: unknown = read(size);
    if (!(bytes instanceof Uint8Array) || guard.take(bytes)) return bytes;
    logger.log('warn', { address: socket.remoteAddress }, 'an MQTT client sent a packet that is too large');
    socket.destroy();
    return null;
  };
}
