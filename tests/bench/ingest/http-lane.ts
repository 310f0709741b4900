import { once } from 'node:events';
import { connect, type Socket } from 'node:net';

const HEAD_END = '\r\n\r\n';

/**
 * One connection that is kept alive, with one request on it at a time; ready bytes go out, and little is made of answers. A
 * connection that the gateway closed because it was not used is opened again.
 */
export class HttpLane {
  readonly #port: number;
  #socket: Socket | undefined;
  #received = '';
  #answered: ((body: string) => void) | undefined;
  #failed: ((error: Error) => void) | undefined;

  constructor(port: number) {
    this.#port = port;
  }

  /** The body of the answer. @throws when the status is not 200 */
  async ask(request: Buffer): Promise<string> {
    const socket = this.#socket?.writable === true ? this.#socket : await this.#open();
    return new Promise((resolve, reject) => {
      this.#answered = resolve;
      this.#failed = reject;
      socket.write(request);
    });
  }

  async #open(): Promise<Socket> {
    const socket = connect(this.#port, '127.0.0.1');
    this.#socket = socket;
    this.#received = '';
    await once(socket, 'connect');
    socket.setNoDelay(true);
    socket.setEncoding('latin1');
    socket.on('data', (text: string) => this.#take(text));
    socket.on('error', (error) => this.#failed?.(error));
    socket.on('close', () => this.#failed?.(new Error('the gateway closed a connection')));
    return socket;
  }

  close(): void {
    this.#failed = undefined;
    this.#socket?.destroy();
  }

  #take(text: string): void {
    this.#received += text;
    const headEnd = this.#received.indexOf(HEAD_END);
    if (headEnd === -1) return;
    const length = Number(/content-length: (\d+)/i.exec(this.#received)?.[1] ?? Number.NaN);
    const bodyStart = headEnd + HEAD_END.length;
    if (this.#received.length < bodyStart + length) return;
    const whole = this.#received;
    this.#received = '';
    if (whole.startsWith('HTTP/1.1 200')) this.#answered?.(whole.slice(bodyStart));
    else this.#failed?.(new Error(whole.slice(0, 400)));
  }
}

/** The bytes of a request whose answer keeps the connection open. */
export function toRequest(
  method: 'GET' | 'POST',
  path: string,
  headers: readonly string[],
  body = '',
): Buffer {
  const head = [`${method} ${path} HTTP/1.1`, 'host: 127.0.0.1', ...headers];
  if (method === 'POST') head.push(`content-length: ${Buffer.byteLength(body)}`);
  return Buffer.from(`${head.join('\r\n')}${HEAD_END}${body}`);
}
