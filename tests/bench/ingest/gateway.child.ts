import { hash } from 'node:crypto';
import { join } from 'node:path';
import { readKeysFile, writeKeysFile } from '@maplewall/server/access/keys-file.ts';
import { startTestGateway } from '../../support/start-gateway.ts';
import { waitUntil } from '../../support/wait-until.ts';
import { answerParent, cpuMs } from '../support/child.ts';
import { MQTT_PASSWORD, MQTT_PHONES, type GatewayAnswer } from './protocol.ts';

/** The whole gateway as it runs elsewhere: SQLite on disk, history, frames, the broker inside. */
const running = await startTestGateway({ mqtt: true });
const { gateway, dataDir } = running;

async function registerPhones(): Promise<string> {
  const key = await running.addSource('mqtt', { autoCheckIn: true });
  const file = join(dataDir, 'sources.json');
  const passwordHash = hash('sha256', MQTT_PASSWORD, 'hex');
  const devices = Array.from({ length: MQTT_PHONES }, (_, index) => {
    const name = `phone-${index}`;
    return {
      source: 'mqtt',
      user: name,
      device: name,
      responderId: `mqtt-${index}`,
      callSign: name,
      passwordHash,
    };
  });
  await writeKeysFile(file, { ...(await readKeysFile(file)), devices });
  await waitUntil('the gateway knows the phones', () => gateway.sourceKeys.device('phone-0', 'phone-0'));
  return key;
}

const address = {
  port: gateway.port,
  mqttPort: gateway.mqttPort ?? 0,
  keys: {
    batches: await running.addSource('batches', { autoCheckIn: true }),
    osmand: await running.addSource('osmand', { autoCheckIn: true }),
  },
  mqttKey: await registerPhones(),
};

answerParent(
  (): Promise<GatewayAnswer> => Promise.resolve({ ...address, cpuMs: cpuMs() }),
  () => running.stop(),
);
