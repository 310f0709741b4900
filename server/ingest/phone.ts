import { fail, ok, type Result } from '@maplewall/shared/domain/fault.ts';
import type { Fix } from '@maplewall/shared/domain/position.ts';
import type { ResponderId } from '@maplewall/shared/domain/ids.ts';
import type { Device, Source, SourceKeys } from '../access/source-keys.ts';
import { isId } from './ids.ts';

/** Where a phone was, before it is known whose phone it is. */
export type PhoneFix = Omit<Fix, 'responderId'>;

/** What a phone's message is about: a fix, or something that is counted and put aside. */
export type PhoneMessage = { readonly fix: PhoneFix } | { readonly ignored: true };

/** Who carries a phone, and whose source it sends through. */
export interface Carrier {
  readonly source: Source;
  readonly responderId: ResponderId;
  readonly callSign: string;
}

export const toCarrier = ({ source, responderId, callSign }: Device): Carrier => ({
  source,
  responderId,
  callSign,
});

/** ING10: a source that checks newcomers in takes phones that are not registered, under the name that they send. */
export function unregistered(source: Source, name: string): Result<Carrier> {
  return source.autoCheckIn && isId(name)
    ? ok({ source, responderId: name as ResponderId, callSign: name })
    : fail('ingest.device.unknown', 'device', { device: name.slice(0, 64) });
}

/** The carrier of a phone that sent a source's key and one name. */
export function carrierOf(sourceKeys: SourceKeys, source: Source, device: string): Result<Carrier> {
  const registered = sourceKeys.deviceOf(source.id, device);
  return registered === undefined ? unregistered(source, device) : ok(toCarrier(registered));
}
