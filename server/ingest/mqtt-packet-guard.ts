/**
 * Follows the lengths of MQTT packets in a stream of bytes, without looking into them:
 *
 *   byte 1 type · bytes 2–5 remaining length (seven bits each, the lowest first, the high bit: one more) · the rest
 */
export class MqttPacketGuard {
  readonly #maxBytes: number;
  /** Bytes of the running packet that are still to come; 0 at a packet's beginning. */
  #remaining = 0;
  #shift = -1;
  #length = 0;

  constructor(maxBytes: number) {
    this.#maxBytes = maxBytes;
  }

  /** False as soon as a packet says that it is larger than allowed, or says its length in more than four bytes. */
  take(bytes: Uint8Array): boolean {
    let at = 0;
    while (at < bytes.length) {
      if (this.#remaining > 0) {
        const step = Math.min(this.#remaining, bytes.length - at);
        this.#remaining -= step;
        at += step;
      } else if (this.#shift < 0) {
        this.#shift = 0;
        this.#length = 0;
        at += 1;
      } else {
        const byte = bytes[at] ?? 0;
        at += 1;
        this.#length += (byte & 0x7f) << this.#shift;
        this.#shift += 7;
        if (this.#length > this.#maxBytes || this.#shift > 28) return false;
        if (byte < 0x80) {
          this.#remaining = this.#length;
          this.#shift = -1;
        }
      }
    }
    return true;
  }
}
