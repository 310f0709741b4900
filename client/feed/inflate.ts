/**
 * Undoes deflate-raw (RFC 1951) with what the browser brings. Rejects if the bytes are not deflated data, or if
 * they would become more than `limitBytes`.
 */
export async function inflateRaw(bytes: Uint8Array<ArrayBuffer>, limitBytes: number): Promise<Uint8Array> {
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream('deflate-raw'));
  const reader = stream.getReader();
  const parts: Uint8Array[] = [];
  let length = 0;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) break;
    length += value.length;
    if (length > limitBytes) {
      await reader.cancel();
      throw new Error(`inflated data exceeds ${limitBytes} bytes`);
    }
    parts.push(value);
  }
  const whole = new Uint8Array(length);
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
