/**
 * Whether this can be an id: 1–64 characters without control characters and without half characters (as `idSchema` says;
 * this is faster). SQLite keeps every lone surrogate as U+FFFD, so that two such ids would become one.
 */
export function isId(value: unknown, maxLength = 64): value is string {
  if (typeof value !== 'string' || value.length === 0 || !isShort(value, maxLength)) return false;
  for (let index = 0; index < value.length; index += 1) {
    const code = value.charCodeAt(index);
    if (code < 0x20 || code === 0x7f) return false;
  }
  return value.isWellFormed();
}

/** By whole characters, of which one outside the first plane takes two places in a string. */
const isShort = (value: string, maxLength: number): boolean =>
  value.length <= maxLength || (value.length <= 2 * maxLength && Array.from(value).length <= maxLength);
