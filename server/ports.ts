import { createServer } from 'node:net';
import type { Settings } from './settings.ts';
import { StartFault } from './start-fault.ts';

type PortSetting = 'PORT' | 'MQTT_PORT';

/** What to do about a port that cannot be listened on; undefined where the error is another. */
export function portFault(error: unknown, setting: PortSetting, port: number): StartFault | undefined {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  if (code === 'EADDRINUSE')
    return new StartFault(
      `Port ${port} is taken by another program; stop it or set ${setting} to a free port.`,
    );
  if (code === 'EACCES')
    return new StartFault(`Port ${port} may not be opened by this user; set ${setting} to one above 1023.`);
  if (['EADDRNOTAVAIL', 'ENOTFOUND', 'EAI_AGAIN', 'EINVAL'].includes(String(code)))
    return new StartFault('The address in HOST is none of this machine; use 127.0.0.1 or 0.0.0.0.');
  return undefined;
}

/** Tells of a port that is taken before half a minute of work is done for a gateway that cannot be. @throws StartFault */
export async function ensurePortsFree(settings: Settings): Promise<void> {
  await tryPort(settings.host, settings.port, 'PORT');
  if (settings.mqtt && settings.mqttUrl === undefined)
    await tryPort(settings.host, settings.mqttPort, 'MQTT_PORT');
}

async function tryPort(host: string, port: number, setting: PortSetting): Promise<void> {
  const server = createServer();
  try {
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen(port, host, resolve);
    });
  } catch (error) {
    throw portFault(error, setting, port) ?? error;
  }
  await new Promise((resolve) => server.close(resolve));
}
