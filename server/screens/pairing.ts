import { randomBytes, randomInt } from 'node:crypto';
import { fail, ok, type Result } from '@maplewall/shared/domain/fault.ts';

/** Letters and digits that nobody takes for another one at six metres: no 0 O, 1 I L, 2 Z, 5 S, 8 B. */
const LETTERS = 'ACDEFGHJKMNPQRTUVWXY34679';
const CODE_LENGTH = 6;
export const CODE_LIVES_MS = 600_000;
/** Screens that wait at a time, over all and from one address. */
export const MOST_WAITING = 200;
export const MOST_WAITING_FROM_ONE_ADDRESS = 20;

/** A screen that shows a code. */
interface Waiting {
  readonly pairingId: string;
  readonly code: string;
  readonly address: string;
  readonly expiresAt: number;
  /** Its token once it was admitted; kept until the code's end, so that an answer that got lost can be asked for again. */
  token: string | undefined;
}

export interface Begun {
  /** The screen's secret, by which it collects its token. Whoever only reads the code cannot. */
  readonly pairingId: string;
  /** Shown as ABC-123. */
  readonly code: string;
  readonly expiresAt: number;
}

export type Collected =
  | { readonly state: 'waiting'; readonly expiresAt: number }
  | { readonly state: 'admitted'; readonly token: string };

/**
 * Screens that show a code until somebody admits them. A code is good for nothing without the admin key, and what it brings can
 * be fetched with the screen's own secret alone.
 */
export class Pairing {
  #waiting: Waiting[] = [];

  begin(address: string, now: number): Result<Begun> {
    this.#forgetOld(now);
    const fromThere = this.#waiting.filter((each) => each.address === address).length;
    if (this.#waiting.length >= MOST_WAITING || fromThere >= MOST_WAITING_FROM_ONE_ADDRESS)
      return fail('screens.tooManyWaiting');
    const begun = {
      pairingId: randomBytes(32).toString('base64url'),
      code: this.#newCode(),
      expiresAt: now + CODE_LIVES_MS,
    };
    this.#waiting.push({ ...begun, address, token: undefined });
    return ok({ ...begun, code: `${begun.code.slice(0, 3)}-${begun.code.slice(3)}` });
  }

  /** Undefined when this screen's code has run out. */
  collect(pairingId: string, now: number): Collected | undefined {
    this.#forgetOld(now);
    const found = this.#waiting.find((each) => each.pairingId === pairingId);
    if (found === undefined) return undefined;
    return found.token === undefined
      ? { state: 'waiting', expiresAt: found.expiresAt }
      : { state: 'admitted', token: found.token };
  }

  /** The screen that shows this code and has not been admitted; capitals and the dash do not matter. */
  find(code: string, now: number): { give(token: string): void } | undefined {
    this.#forgetOld(now);
    const plain = code.toUpperCase().replaceAll(/[^A-Z0-9]/g, '');
    const found = this.#waiting.find((each) => each.code === plain && each.token === undefined);
    if (found === undefined) return undefined;
    return {
      give: (token) => {
        found.token = token;
      },
    };
  }

  #forgetOld(now: number): void {
    this.#waiting = this.#waiting.filter(({ expiresAt }) => expiresAt > now);
  }

  #newCode(): string {
    for (;;) {
      const code = Array.from({ length: CODE_LENGTH }, () => LETTERS[randomInt(LETTERS.length)]).join('');
      if (!this.#waiting.some((each) => each.code === code)) return code;
    }
  }
}
