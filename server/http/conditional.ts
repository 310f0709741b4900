/**
 * Whether the one who asks holds the answer with this ETag already: `If-None-Match` names it, alone or in a list; a
 * proxy that recompresses puts W/ before it (RFC 9110, 13.1.2).
 */
export function isHeld(ifNoneMatch: string | undefined, etag: string): boolean {
  if (ifNoneMatch === undefined) return false;
  return ifNoneMatch.split(',').some((given) => {
    const tag = given.trim();
    return tag === '*' || tag.replace(/^W\//, '') === etag;
  });
}

/** Whether `Accept-Encoding` names this coding and does not forbid it with `q=0` (RFC 9110, 12.5.3). */
export function isAccepted(acceptEncoding: string | string[] | undefined, coding: string): boolean {
  return String(acceptEncoding ?? '')
    .split(',')
    .some((given) => {
      const [name = '', ...parameters] = given.split(';').map((part) => part.trim().toLowerCase());
      return name === coding && !parameters.some((parameter) => /^q *= *0(\.0*)?$/.test(parameter));
    });
}
