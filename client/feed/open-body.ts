import { fail, ok, type Result } from '@maplewall/shared/domain/fault.ts';
import { openEnvelope } from '@maplewall/shared/wire/envelope.ts';
import { inflateRaw } from './inflate.ts';

/** No frame, keyframe or minute of a city becomes larger; what claims to is refused. */
const INFLATED_LIMIT_BYTES = 64 * 1024 * 1024;

/** What is in an envelope, inflated if it was deflated; a fault for bytes that are no envelope or do not inflate. */
export async function openBody(envelope: Uint8Array): Promise<Result<Uint8Array>> {
  const opened = openEnvelope(envelope);
  if (!opened.ok) return opened;
  const { body, deflated } = opened.value;
  if (!deflated) return ok(body);
  try {
    return ok(await inflateRaw(new Uint8Array(body), INFLATED_LIMIT_BYTES));
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return fail('frame.malformed', '', { reason });
  }
}
