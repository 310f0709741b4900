import { askGateway, type Answer } from '../../stores/gateway-answer.ts';

type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

/** The gateway, asked with the admin key. */
export class AdminGateway {
  readonly #key: string;

  constructor(key: string) {
    this.#key = key;
  }

  ask<T>(method: Method, path: string, body?: unknown): Promise<Answer<T>> {
    return askGateway<T>(path, {
      method,
      headers: {
        authorization: `Bearer ${this.#key}`,
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
  }
}

/** Whether a fault says that the key is not the right one. */
export const isKeyFault = (answer: Answer<unknown>): boolean =>
  !answer.ok && (answer.code === 'access.adminKeyWrong' || answer.code === 'access.adminKeyMissing');
