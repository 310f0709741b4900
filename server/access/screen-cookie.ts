const NAME = 'maplewall-screen';
/** The longest that browsers keep a cookie; it is set anew whenever the page is used. */
const MAX_AGE_SECONDS = 400 * 86_400;

/** The screen's token in a `cookie` header. */
export function screenTokenOf(header: string | readonly string[] | undefined): string | undefined {
  if (typeof header !== 'string') return undefined;
  return /(?:^|;\s*)maplewall-screen=([\w-]{43})(?:;|$)/.exec(header)?.[1];
}

/**
 * A `set-cookie` header. Scripts cannot read it, and no other site's page can send it along. Plain http is the usual case on a
 * closed network, so it is `Secure` only where the request came in over TLS.
 */
export const screenCookie = (token: string, isSecure: boolean): string =>
  `${NAME}=${token}; Path=/; Max-Age=${MAX_AGE_SECONDS}; HttpOnly; SameSite=Strict${isSecure ? '; Secure' : ''}`;

export const noScreenCookie = (): string => `${NAME}=; Path=/; Max-Age=0; HttpOnly; SameSite=Strict`;
