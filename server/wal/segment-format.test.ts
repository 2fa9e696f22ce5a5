import { crc32 } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { decodeSegment, encodeFrameHeader, encodeHeader, FRAME_HEADER_BYTES } from './segment-format.ts';

const PAYLOADS = ['first', 'the second', 'third'].map((text) => Buffer.from(text));
const HEADER = encodeHeader('spans');

function segment(): Buffer {
  return Buffer.concat([
    HEADER,
    ...PAYLOADS.flatMap((payload, index) => [encodeFrameHeader(index + 1, payload), payload]),
  ]);
}

describe('decodeSegment', () => {
  it('reads the rows of all frames, one behind the other', () => {
    expect(decodeSegment(segment())).toEqual({
      rows: 6,
      payload: Buffer.concat(PAYLOADS),
      damagedFrames: 0,
      tornBytes: 0,
    });
    expect(decodeSegment(Buffer.from(HEADER))).toMatchObject({ rows: 0, payload: Buffer.alloc(0) });
  });

  it('cuts a torn tail at the last good frame, wherever it is torn', () => {
    const whole = segment();
    const secondEnd = whole.length - PAYLOADS[2]!.length - FRAME_HEADER_BYTES;
    for (let length = secondEnd; length < whole.length; length++) {
      expect(decodeSegment(Buffer.from(whole.subarray(0, length)))).toMatchObject({
        rows: 3,
        payload: Buffer.from('firstthe second'),
        damagedFrames: 0,
        tornBytes: length - secondEnd,
      });
    }
  });

  it('takes a segment whose creation was cut off for one without rows', () => {
    for (let length = 0; length < HEADER.length; length++) {
      expect(decodeSegment(Buffer.from(HEADER.subarray(0, length)))).toMatchObject({
        rows: 0,
        payload: Buffer.alloc(0),
      });
    }
  });

  it('takes zeros behind the last frame, as a power cut may leave them, for a torn tail', () => {
    const content = decodeSegment(Buffer.concat([segment(), Buffer.alloc(100)]));
    expect(content).toMatchObject({ rows: 6, damagedFrames: 0, tornBytes: 100 });
  });

  it('finds every flipped bit: no frame is ever read as other rows than were written', () => {
    const whole = segment();
    for (let bit = HEADER.length * 8; bit < whole.length * 8; bit++) {
      const flipped = Buffer.from(whole);
      flipped[bit >> 3]! ^= 1 << (bit & 7);
      const content = decodeSegment(flipped);
      if (typeof content === 'string') throw new Error(content);
      const left = PAYLOADS.filter((payload) => content.payload.includes(payload));
      expect(content.payload).toEqual(Buffer.concat(left));
      expect(left.length).toBeLessThan(PAYLOADS.length);
      expect(content.damagedFrames + content.tornBytes).toBeGreaterThan(0);
    }
  });

  it('reads on behind a damaged frame', () => {
    const whole = segment();
    whole[whole.indexOf('second')]! ^= 1;
    expect(decodeSegment(whole)).toMatchObject({ rows: 4, payload: Buffer.from('firstthird'), damagedFrames: 1 });
  });

  it.each([
    ['something else altogether', 'does not begin as a segment'],
    [Buffer.from(HEADER.toString('latin1').replace('SWYW\x01', 'SWYW\x02'), 'latin1'), 'has version 2'],
    [Buffer.from(HEADER.toString('latin1').replace('trace_id', 'trace_ix'), 'latin1'), 'checksum of its header'],
  ])('says why %j is no segment', (file, reason) => {
    expect(decodeSegment(Buffer.from(file as string))).toContain(reason);
  });

  it('does not read rows of other columns as rows of today', () => {
    const body = Buffer.from(JSON.stringify({ table: 'spans', columns: ['timestamp'] }));
    const prefix = Buffer.from(HEADER.subarray(0, 8));
    prefix.writeUInt16LE(body.length, 6);
    const header = Buffer.concat([prefix, body, crc32Bytes(body)]);
    expect(decodeSegment(header)).toBe('its rows have the columns of another version: timestamp');
  });
});

function crc32Bytes(body: Buffer): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(crc32(body));
  return bytes;
}
