import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { MQTT_PASSWORD } from './protocol.ts';

/** MQTT 3.1.1: packet types with their flags, in the first byte. */
const CONNECT = 0x10;
const PUBLISH_QOS_1 = 0x32;
const PUBACK = 0x40;
const CLEAN_WITH_NAME_AND_PASSWORD = 0xc2;
const PUBACK_BYTES = 4;
const CONNACK_BYTES = 4;

/** Messages of one phone that wait for their answer. */
const UNANSWERED = 20;

/** A phone that publishes what it is given, a few messages at a time. */
export class MqttPhone {
  readonly #socket: Socket;
  readonly #topic: Buffer;
  #waiting: { readonly payload: Buffer; readonly answered: (sentAt: number) => void }[] = [];
  readonly #sent = new Map<number, { readonly at: number; readonly answered: (sentAt: number) => void }>();
  #packetId = 0;
  #rest: Buffer = Buffer.alloc(0);

  private constructor(socket: Socket, topic: string) {
    this.#socket = socket;
    this.#topic = withLength(topic);
  }

  static async open(port: number, name: string): Promise<MqttPhone> {
    const socket = connect(port, '127.0.0.1');
    socket.setNoDelay(true);
    await once(socket, 'connect');
    const head = Buffer.from([0, 4, ...Buffer.from('MQTT'), 4, CLEAN_WITH_NAME_AND_PASSWORD, 0, 0]);
    socket.write(toPacket(CONNECT, head, withLength(name), withLength(name), withLength(MQTT_PASSWORD)));
    const [answer] = (await once(socket, 'data')) as [Buffer];
    if (answer.length !== CONNACK_BYTES || answer[3] !== 0) throw new Error(`${name} was not let in`);
    const phone = new MqttPhone(socket, `owntracks/${name}/${name}`);
    socket.on('data', (bytes: Buffer) => phone.#take(bytes));
    socket.on('close', () => {
      if (phone.#sent.size > 0) throw new Error(`${name} was cut off`);
    });
    return phone;
  }

  /** `answered` is called with the moment when the message went out. */
  publish(payload: Buffer, answered: (sentAt: number) => void): void {
    this.#waiting.push({ payload, answered });
  }

  /** Sends as much as may be unanswered at once; the rest goes as answers come. */
  flush(): void {
    const packets: Buffer[] = [];
    while (this.#sent.size < UNANSWERED) {
      const next = this.#waiting.shift();
      if (next === undefined) break;
      this.#packetId = (this.#packetId % 0xffff) + 1;
      this.#sent.set(this.#packetId, { at: performance.now(), answered: next.answered });
      const id = Buffer.from([this.#packetId >> 8, this.#packetId & 0xff]);
      packets.push(toPacket(PUBLISH_QOS_1, this.#topic, id, next.payload));
    }
    if (packets.length > 0) this.#socket.write(Buffer.concat(packets));
  }

  close(): void {
    this.#socket.destroy();
  }

  #take(bytes: Buffer): void {
    const all = this.#rest.length === 0 ? bytes : Buffer.concat([this.#rest, bytes]);
    let at = 0;
    for (; at + PUBACK_BYTES <= all.length; at += PUBACK_BYTES) {
      if (all[at] !== PUBACK) throw new Error(`packet ${all[at] ?? 0} was not expected`);
      const id = all.readUInt16BE(at + 2);
      const sent = this.#sent.get(id);
      this.#sent.delete(id);
      sent?.answered(sent.at);
    }
    this.#rest = all.subarray(at);
    this.flush();
  }
}

function withLength(text: string): Buffer {
  const bytes = Buffer.from(text);
  return Buffer.concat([Buffer.from([bytes.length >> 8, bytes.length & 0xff]), bytes]);
}

function toPacket(type: number, ...parts: readonly Buffer[]): Buffer {
  const body = Buffer.concat(parts);
  const head = [type];
  let rest = body.length;
  do {
    head.push(rest > 0x7f ? (rest & 0x7f) | 0x80 : rest);
    rest >>>= 7;
  } while (rest > 0);
  return Buffer.concat([Buffer.from(head), body]);
}
