import { describe, expect, it } from 'vitest';
import { crc32c } from '../math/crc32.ts';
import { episodeColumnNames, learnerMetricNames } from '../metrics/metrics.ts';
import { encodeTensorBoard, type RecordedRun, tensorBoardFileName } from './tensorBoardEvents.ts';

const column = (...values: number[]) => ({ length: values.length, values });

const run: RecordedRun = {
  metrics: {
    ...(Object.fromEntries(
      learnerMetricNames.map((name) => [name, column(1.5, 2.5)]),
    ) as unknown as RecordedRun['metrics']),
    frames: column(100, 200),
    seconds: column(10, 20),
  },
  episodes: {
    ...(Object.fromEntries(episodeColumnNames.map((name) => [name, column(0)])) as unknown as RecordedRun['episodes']),
    frames: column(150),
    episodeReturn: column(-21.5),
    episodeLength: column(7),
  },
  evaluations: [{ frames: 200, mean: 3.25, iqm: 3.5 }],
  createdAt: 1_700_000_000_000,
};

/** Lengths and contents of the records, whose checksums hold. */
function readRecords(file: Uint8Array<ArrayBuffer>): Uint8Array[] {
  const view = new DataView(file.buffer);
  const records: Uint8Array[] = [];
  for (let at = 0; at < file.length; ) {
    const length = Number(view.getBigUint64(at, true));
    const contents = file.subarray(at + 12, at + 12 + length);
    expect(unmasked(view.getUint32(at + 8, true))).toBe(crc32c(file.subarray(at, at + 8)));
    expect(unmasked(view.getUint32(at + 12 + length, true))).toBe(crc32c(contents));
    records.push(contents);
    at += 16 + length;
  }
  return records;
}

function unmasked(crc: number): number {
  const rotated = (crc - 0xa282ead8) >>> 0;
  return ((rotated >>> 17) | (rotated << 15)) >>> 0;
}

describe('A TensorBoard event file', () => {
  it('has the checksums of RFC 3720', () => {
    expect(crc32c(new Uint8Array(32))).toBe(0x8a9136aa);
    expect(crc32c(new Uint8Array(32).fill(0xff))).toBe(0x62a8ab43);
    expect(crc32c(Uint8Array.from({ length: 32 }, (_, i) => i))).toBe(0x46dd794e);
  });

  it('begins with its version and has one record for each row, episode and evaluation', () => {
    const records = readRecords(encodeTensorBoard(run));
    expect(records).toHaveLength(1 + 2 + 1 + 1);
    expect(new TextDecoder().decode(records[0]!.subarray(11))).toBe('brain.Event:2');
  });

  it('writes an episode as wall time, env steps and two scalars', () => {
    const episode = readRecords(encodeTensorBoard(run))[3]!;
    const expected = [
      ...[0x09, ...bytesOf((view) => view.setFloat64(0, 1_700_000_020, true), 8)], // wall_time of the row that has 150 steps
      ...[0x10, 0x96, 0x01], // step 150
      ...[0x2a, 46], // summary
      ...[0x0a, 21, 0x0a, 14, ...new TextEncoder().encode('episode/return')],
      ...[0x15, ...bytesOf((view) => view.setFloat32(0, -21.5, true), 4)],
      ...[0x0a, 21, 0x0a, 14, ...new TextEncoder().encode('episode/length')],
      ...[0x15, ...bytesOf((view) => view.setFloat32(0, 7, true), 4)],
    ];
    expect([...episode]).toEqual(expected);
  });

  it('has a name that TensorBoard finds', () => {
    expect(tensorBoardFileName(run)).toBe('events.out.tfevents.1700000000.pronk');
  });
});

function bytesOf(write: (view: DataView) => void, length: number): Uint8Array {
  const bytes = new Uint8Array(length);
  write(new DataView(bytes.buffer));
  return bytes;
}
