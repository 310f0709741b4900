import { pino, type DestinationStream, type Logger } from 'pino';

/**
 * What the gateway writes about itself, one JSON line each. Errors are logged as `error` everywhere: pino unfolds their message and stack
 * only under the name that it is told here.
 */
export const makeLogger = (level: string, destination?: DestinationStream): Logger =>
  destination === undefined
    ? pino({ level, errorKey: 'error' })
    : pino({ level, errorKey: 'error' }, destination);
