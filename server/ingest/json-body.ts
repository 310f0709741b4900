import { isUtf8 } from 'node:buffer';
import { fail, ok, type Result } from '@maplewall/shared/domain/fault.ts';

/** No body of ours is deeper than six. */
const MAX_DEPTH = 16;

/**
 * Parses a JSON body. Broken UTF-8 and deep nesting are refused before anything is made of them: what is replaced by
 * U+FFFD would be kept as if somebody had sent it.
 */
export function parseJson(bytes: Uint8Array): Result<unknown> {
  if (!isUtf8(bytes) || isTooDeep(bytes)) return fail('request.notJson');
  try {
    return ok(JSON.parse(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('utf8')));
  } catch {
    return fail('request.notJson');
  }
}

const QUOTE = 0x22;
const BACKSLASH = 0x5c;

function isTooDeep(bytes: Uint8Array): boolean {
  let depth = 0;
  let isInString = false;
  for (let index = 0; index < bytes.length; index += 1) {
    const byte = bytes[index];
    if (isInString) {
      if (byte === BACKSLASH) index += 1;
      else if (byte === QUOTE) isInString = false;
    } else if (byte === QUOTE) isInString = true;
    // '[' 0x5b and '{' 0x7b, ']' 0x5d and '}' 0x7d differ in one bit.
    else if (byte !== undefined && (byte | 0x20) === 0x7b) {
      depth += 1;
      if (depth > MAX_DEPTH) return true;
    } else if (byte !== undefined && (byte | 0x20) === 0x7d) depth -= 1;
  }
  return false;
}
