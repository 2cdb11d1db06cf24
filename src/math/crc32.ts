/** Cyclic redundancy checks of 32 bits: they tell that data were damaged, not that nobody changed them. */

/** @param polynomial with its bits reversed */
function checksumBy(polynomial: number): (bytes: Uint8Array) => number {
  const table = Uint32Array.from({ length: 256 }, (_, byte) => {
    let remainder = byte;
    for (let bit = 0; bit < 8; bit++) remainder = remainder & 1 ? (remainder >>> 1) ^ polynomial : remainder >>> 1;
    return remainder;
  });
  return (bytes) => {
    let crc = 0xffffffff;
    for (let i = 0; i < bytes.length; i++) crc = table[(crc ^ bytes[i]!) & 0xff]! ^ (crc >>> 8);
    return ~crc >>> 0;
  };
}

/** ISO 3309, as zip and PNG have it. Unsigned. */
export const crc32 = checksumBy(0xedb88320);

/** Castagnoli's (RFC 3720, appendix B.4), as TFRecord has it. Unsigned. */
export const crc32c = checksumBy(0x82f63b78);
