/**
 * Four tables, so that four bytes are taken at a time: TABLES[k][b] is the CRC of byte b followed by k zero
 * bytes (M. Kounavis and F. Berry, 2005).
 */
const TABLES: readonly Int32Array[] = makeTables();

function makeTables(): Int32Array[] {
  const first = Int32Array.from({ length: 256 }, (_, byte) => {
    let crc = byte;
    for (let bit = 0; bit < 8; bit += 1) crc = crc & 1 ? (crc >>> 1) ^ 0xedb88320 : crc >>> 1;
    return crc;
  });
  const tables = [first];
  for (let k = 1; k < 4; k += 1)
    tables.push((tables[k - 1] ?? first).map((crc) => (crc >>> 8) ^ (first[crc & 0xff] ?? 0)));
  return tables;
}

/** CRC-32 of ISO 3309, as in zip and PNG; 0 … 2^32 - 1. */
export function crc32(bytes: Uint8Array): number {
  const [one, two, three, four] = TABLES;
  if (one === undefined || two === undefined || three === undefined || four === undefined) return 0;
  let crc = -1;
  let at = 0;
  for (const end = bytes.length - 3; at < end; at += 4) {
    crc ^=
      (bytes[at] ?? 0) |
      ((bytes[at + 1] ?? 0) << 8) |
      ((bytes[at + 2] ?? 0) << 16) |
      ((bytes[at + 3] ?? 0) << 24);
    crc =
      (four[crc & 0xff] ?? 0) ^
      (three[(crc >>> 8) & 0xff] ?? 0) ^
      (two[(crc >>> 16) & 0xff] ?? 0) ^
      (one[crc >>> 24] ?? 0);
  }
  for (; at < bytes.length; at += 1) crc = (crc >>> 8) ^ (one[(crc ^ (bytes[at] ?? 0)) & 0xff] ?? 0);
  return ~crc >>> 0;
}
