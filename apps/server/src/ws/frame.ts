import { constants, deflateRawSync } from 'node:zlib';

const TEXT = 0x1;
const BINARY = 0x2;
const PING = 0x9;
const FIN = 0x80;
/** Marks a message compressed by permessage-deflate (RFC 7692 §6). */
const RSV1 = 0x40;
/** Below this, compression costs more than the bytes it saves are worth. */
const DEFLATE_BYTES_MIN = 256;
const DEFLATE_TAIL_BYTES = 4;

/** An empty ping. */
export const PING_FRAME = Buffer.from([PING | FIN, 0]);

/** A whole unmasked WebSocket message (RFC 6455 §5.2) holding `text`, ready to be written to any number of sockets. */
export function textFrame(text: string, isDeflated = false): Buffer {
  if (isDeflated && text.length >= DEFLATE_BYTES_MIN) return deflatedFrame(Buffer.from(text), TEXT);
  const length = Buffer.byteLength(text);
  const headerBytes = headerBytesFor(length);
  const frame = Buffer.allocUnsafe(headerBytes + length);
  writeHeader(frame, TEXT | FIN, length);
  frame.write(text, headerBytes, 'utf8');
  return frame;
}

/** The same for binary content. */
export function binaryFrame(bytes: Uint8Array, isDeflated = false): Buffer {
  return isDeflated ? deflatedFrame(bytes, BINARY) : framed(bytes, BINARY | FIN);
}

function deflatedFrame(bytes: Uint8Array, opcode: number): Buffer {
  // Each message stands alone (server_no_context_takeover), which is what lets one frame serve many clients.
  const deflated = deflateRawSync(bytes, { level: 1, finishFlush: constants.Z_SYNC_FLUSH });
  return framed(deflated.subarray(0, deflated.length - DEFLATE_TAIL_BYTES), opcode | FIN | RSV1);
}

function framed(payload: Uint8Array, firstByte: number): Buffer {
  const headerBytes = headerBytesFor(payload.length);
  const frame = Buffer.allocUnsafe(headerBytes + payload.length);
  writeHeader(frame, firstByte, payload.length);
  frame.set(payload, headerBytes);
  return frame;
}

const headerBytesFor = (length: number): number => (length < 126 ? 2 : length < 65_536 ? 4 : 10);

function writeHeader(frame: Buffer, firstByte: number, length: number): void {
  frame[0] = firstByte;
  if (length < 126) {
    frame[1] = length;
  } else if (length < 65_536) {
    frame[1] = 126;
    frame.writeUInt16BE(length, 2);
  } else {
    frame[1] = 127;
    frame.writeUInt32BE(Math.floor(length / 2 ** 32), 2);
    frame.writeUInt32BE(length >>> 0, 6);
  }
}
