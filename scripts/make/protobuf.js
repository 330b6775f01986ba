// Protocol buffers by hand, as far as onnx.proto3 needs them: writing fields, and reading a message
// into its fields. https://protobuf.dev/programming-guides/encoding/
'use strict';

/** A number as a variable-length integer; a negative one takes its 64-bit two's complement. */
function varint(n) {
  const bytes = [];
  for (n = BigInt.asUintN(64, BigInt(n)); n > 127n; n >>= 7n) bytes.push(Number(n & 127n) | 128);
  return Buffer.from([...bytes, Number(n)]);
}

/** An integer field. */
const number = (field, n) => Buffer.concat([varint(field << 3), varint(n)]);

/** A field of bytes, text or an embedded message, which the parts make up together. */
const block = (field, ...parts) => {
  const body = Buffer.concat(parts.map(p => (Buffer.isBuffer(p) ? p : Buffer.from(p))));
  return Buffer.concat([varint((field << 3) | 2), varint(body.length), body]);
};

/** A field of a single-precision number. */
const float = (field, x) =>
  Buffer.concat([varint((field << 3) | 5), Buffer.from(Float32Array.of(x).buffer)]);

/**
 * The fields of a message in their order: {field, value, bytes}. The value is a Number for an
 * integer and a Buffer for all else; bytes are the whole field, to be written again as it was.
 */
function fields(message) {
  const found = [];
  let at = 0;
  const integer = () => {
    let n = 0n;
    for (let shift = 0n; ; shift += 7n) {
      if (at === message.length || shift > 63n) throw new Error('a broken integer');
      const byte = message[at++];
      n |= BigInt(byte & 127) << shift;
      if (byte < 128) return Number(BigInt.asIntN(64, n));
    }
  };
  while (at < message.length) {
    const start = at;
    const tag = integer();
    let value;
    if ((tag & 7) === 0) {
      value = integer();
    } else {
      const length = { 1: () => 8, 2: integer, 5: () => 4 }[tag & 7];
      if (!length) throw new Error(`unknown wire type ${tag & 7}`);
      const bytes = length();
      value = message.subarray(at, (at += bytes));
      if (value.length !== bytes) throw new Error('a field goes beyond its message');
    }
    found.push({ field: tag >>> 3, value, bytes: message.subarray(start, at) });
  }
  return found;
}

module.exports = { varint, number, block, float, fields };
