import type { Page } from 'playwright-core';

/** A name that only points at this machine: whoever asks for it comes from elsewhere, as far as the gateway knows. */
export const ELSEWHERE = 'wall.example';
/** Makes a browser know that name. */
export const KNOWS_ELSEWHERE = [`--host-resolver-rules=MAP ${ELSEWHERE} 127.0.0.1`];

/** Waits for the code that a screen shows which nobody has admitted yet. */
export async function shownCode(page: Page): Promise<string> {
  const place = page.locator('.pair .code', { hasText: /^\s*[A-Z0-9]{3}-[A-Z0-9]{3}\s*$/ });
  await place.waitFor();
  return (await place.textContent())?.trim() ?? '';
}

/** Asks the gateway with the admin key. */
export const askAsAdmin = (
  url: string,
  adminKey: string,
  method: string,
  path: string,
  body?: object,
): Promise<Response> =>
  fetch(`${url}${path}`, {
    method,
    headers: {
      authorization: `Bearer ${adminKey}`,
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
