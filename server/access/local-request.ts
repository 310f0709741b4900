import type { KnockingRequest } from './admin-door.ts';

/** What a proxy adds to a request that it passes on; each of them says that somebody else is behind it. */
const FORWARDED = [
  'forwarded',
  'via',
  'x-forwarded-for',
  'x-forwarded-host',
  'x-forwarded-proto',
  'x-real-ip',
] as const;

/**
 * Whether a request comes from a program on the gateway's own machine. The address of the connection decides; headers can
 * only take the right away, never give it: what a proxy on this machine passes on is not local, and a page of another
 * site that points its own name at 127.0.0.1 shows itself by the host that it asks for.
 */
export function isLocalRequest({ headers, socket }: KnockingRequest): boolean {
  if (!isLoopback(socket.remoteAddress ?? '')) return false;
  if (FORWARDED.some((name) => headers[name] !== undefined)) return false;
  const { host } = headers;
  return typeof host === 'string' && isLoopbackHost(host.replace(/:\d+$/, ''));
}

const isLoopback = (address: string): boolean =>
  address === '::1' || /^(?:::ffff:)?127(?:\.\d{1,3}){3}$/.test(address);

const isLoopbackHost = (host: string): boolean =>
  host === 'localhost' || host === '[::1]' || /^127(?:\.\d{1,3}){3}$/.test(host);
