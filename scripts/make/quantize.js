#!/usr/bin/env node
// Writes a convolutional detector's ONNX file (opset 13) once more, in int8, from bytes to bytes.
//
//   quantize.js in.onnx scales.txt out.onnx --doc TEXT
//
// Static quantisation in ONNX's form of QuantizeLinear and DequantizeLinear pairs ("QDQ"), which a
// runtime turns into integer operations (Jacob et al., arXiv:1712.05877, is the arithmetic):
//  - Activations are uint8, asymmetric. Their scales and zero points come from scales.txt, with a
//    line "tensor scale zero-point" for each value that one of the operations in QUANTIZED reads
//    or writes. A pooling's and a resize's output has its input's, as both only choose or mix.
//  - Weights are int8, symmetric, with a scale for each output channel, and use only ±63: two
//    products of 255 and 63 fit the 16-bit sums of AVX2's vpmaddubsw, which saturate beyond.
//  - Biases are int32, at the scale of input times weight.
//  - A convolution of which nothing but a split reads the output becomes one convolution for each part, so
//    that each part has a scale of its own.
//  - The input is bytes as pixels lie in memory, [1, height, width, 3] of uint8, in place of planes
//    [1, 3, height, width] of floats: normalised values, quantised by the input's line of scales.txt.
//  - The outputs [1, cells, values] stay uint8 as the last convolutions leave them, without the
//    Sigmoid behind some. One more output, "scales" [outputs, 2], has each one's scale and zero.
// Sizes that the file leaves open stay open.
// An operation that lacks a scale, and a scale that nothing uses, are errors.
'use strict';
const fs = require('fs');
const { number, block, fields } = require('./protobuf.js');

const QUANTIZED = ['Conv', 'LeakyRelu', 'Add', 'Concat', 'MaxPool', 'Resize'];
const MOST = 63; // of a weight, see above
const COLOURS = 3;
const FLOAT = 1, UINT8 = 2, INT8 = 3, INT32 = 6, INT64 = 7, HALF = 10; // TensorProto.DataType

const [, , inFile, scalesFile, outFile, , doc] = process.argv;

// ---- Reading: nodes and constants

const all = (message, field) => message.filter(f => f.field === field).map(f => f.value);
const texts = (message, field) => all(message, field).map(value => value.toString());

const model = fields(fs.readFileSync(inFile));
const graph = fields(all(model, 7)[0]);
const nodes = all(graph, 1).map(bytes => {
  const node = fields(bytes);
  return {
    op: texts(node, 4)[0], inputs: texts(node, 1), outputs: texts(node, 2),
    attributes: node.filter(f => f.field === 5).map(f => f.bytes),
  };
});
const constants = new Map(all(graph, 5).map(bytes => {
  const tensor = fields(bytes);
  const raw = Uint8Array.from(all(tensor, 9)[0]).buffer; // a copy, and so aligned
  return [texts(tensor, 8)[0], { type: all(tensor, 2)[0], shape: all(tensor, 1), raw, bytes }];
}));

/** A number in half precision (IEEE 754 binary16) as a double. */
function half(bits) {
  const sign = bits >> 15 ? -1 : 1;
  const exponent = (bits >> 10) & 31;
  const fraction = bits & 1023;
  if (exponent === 31) throw new Error('a weight is not finite');
  return sign * (exponent === 0 ? fraction * 2 ** -24 : (1024 + fraction) * 2 ** (exponent - 25));
}

// A Cast of a constant is how the file stores its weights: the constant's values under its name.
const casts = nodes.filter(n => n.op === 'Cast' && constants.has(n.inputs[0]));
const weights = new Map(casts.map(n => {
  const { type, shape, raw } = constants.get(n.inputs[0]);
  if (type !== HALF) throw new Error(`${n.inputs[0]}: half precision expected`);
  return [n.outputs[0], { shape, values: Array.from(new Uint16Array(raw), half) }];
}));

const picture = texts(fields(all(graph, 11)[0]), 1)[0];
const results = all(graph, 12).map(value => texts(fields(value), 1)[0]);

const scales = new Map(fs.readFileSync(scalesFile, 'utf8').split('\n')
  .filter(line => line !== '' && !line.startsWith('#'))
  .map(line => {
    const [tensor, scale, zero, ...more] = line.split(' ');
    const s = Math.fround(Number(scale));
    const z = Number(zero);
    if (!(s > 0) || !(Number.isInteger(z) && z >= 0 && z <= 255) || more.length > 0) {
      throw new Error(`${scalesFile}: '${line}'`);
    }
    return [tensor, { scale: s, zero: z }];
  }));

// ---- Writing

const written = [];
const tensors = new Map();
const made = new Set(); // values that are written as uint8
let serial = 0;

const node = (op, inputs, output, attributes = []) => {
  written.push(block(1, ...inputs.map(i => block(1, i)), block(2, output), block(3, output),
    block(4, op), ...attributes));
  return output;
};

function constant(name, type, shape, values) {
  const bytes = Buffer.from(values.buffer, values.byteOffset, values.byteLength);
  tensors.set(name, block(5, ...shape.map(side => number(1, side)), number(2, type),
    block(8, name), block(9, bytes)));
  return name;
}

const axis = a => [block(5, block(1, 'axis'), number(3, a), number(20, 2))];
const transpose = (input, output, order) => node('Transpose', [input], output,
  [block(5, block(1, 'perm'), ...order.map(a => number(8, a)), number(20, 7))]);
const reshape = (input, output, sides) => node('Reshape',
  [input, constant(`${output}_shape`, INT64, [sides.length], BigInt64Array.from(sides, BigInt))], output);
const value = (field, name, type, sides) =>
  block(field, block(1, name), block(2, block(1, number(1, type), block(2,
    ...sides.map(side => block(1, typeof side === 'number' ? number(1, side) : block(2, side)))))));

function scaleOf(tensor) {
  const found = scales.get(tensor);
  if (!found) throw new Error(`${scalesFile} has no scale for ${tensor}`);
  return found;
}

/** The names of a value's scale and zero point. */
function stepsOf(tensor) {
  const of = [`${tensor}_scale`, `${tensor}_zero`];
  if (!tensors.has(of[0])) {
    const { scale, zero } = scaleOf(tensor);
    constant(of[0], FLOAT, [], Float32Array.of(scale));
    constant(of[1], UINT8, [], Uint8Array.of(zero));
  }
  return of;
}

/** A value as uint8. */
function quantized(tensor) {
  const name = `${tensor}_quantized`;
  if (!made.has(tensor)) {
    made.add(tensor);
    if (tensor === picture) {
      transpose(reshape(picture, `${picture}_cells`, [0, 0, -1, 4 * COLOURS]), name, [0, 3, 1, 2]);
    }
    else node('QuantizeLinear', [tensor, ...stepsOf(tensor)], name);
  }
  return name;
}

/**
 * A value after quantisation, as a reader sees it. Each reader has a DequantizeLinear of its own,
 * as runtimes match operations with the pairs around them one by one.
 */
const dequantized = tensor =>
  node('DequantizeLinear', [quantized(tensor), ...stepsOf(tensor)], `${tensor}_${serial++}`);

/**
 * The weights and the bias of a convolution's channels from one up to another, each an integer
 * constant with a DequantizeLinear behind it.
 */
function convolution(input, weight, bias, from, to, suffix) {
  const whole = weights.get(weight);
  const channels = to - from;
  const each = whole.values.length / whole.shape[0];
  const shape = [channels, ...whole.shape.slice(1)];
  const values = whole.values.slice(from * each, to * each);
  const offsets = weights.get(bias).values.slice(from, to);
  const steps = new Float32Array(channels);
  const integers = Int8Array.from(values, (value, i) => {
    const channel = Math.floor(i / each);
    if (i % each === 0) {
      const most = Math.max(...values.slice(i, i + each).map(Math.abs));
      if (most === 0) throw new Error(`${weight}: channel ${channel} is empty`);
      steps[channel] = most / MOST;
    }
    return Math.max(-MOST, Math.min(MOST, Math.round(value / steps[channel])));
  });
  const biasSteps = steps.map(step => step * scaleOf(input).scale);
  const biases = Int32Array.from(offsets, (b, i) => Math.round(b / biasSteps[i]));
  const integer = (name, type, of, list, factors, zeros) =>
    node('DequantizeLinear', [
      constant(`${name}_integers`, type, of, list),
      constant(`${name}_scale`, FLOAT, [channels], factors),
      constant(`${name}_zero`, type, [channels], zeros),
    ], name, axis(0));
  return [
    integer(weight + suffix, INT8, shape, integers, steps, new Int8Array(channels)),
    integer(bias + suffix, INT32, [channels], biases, biasSteps, new Int32Array(channels)),
  ];
}

/**
 * The convolution that reads the picture, of 3x3 pixels with stride 2, as one of 3x2 cells of four
 * pixels each that makes two columns at once: ONNX Runtime has no fast one of three channels, but
 * has one of twelve. Neither grouping moves a byte. The picture's width is a multiple of four.
 */
function overCells({ inputs: [, weight, bias], outputs: [output], attributes }) {
  const form = attributes.map(a => fields(fields(a)[0].value))
    .map(a => `${texts(a, 1)}=${all(a, 8)}`).sort().join(' ');
  if (form !== 'kernel_shape=3,3 pads=1,1,1,1 strides=2,2') throw new Error(`${output}: ${form}`);
  const { shape: [channels, colours], values } = weights.get(weight);
  const wide = new Array(2 * channels * 4 * colours * 3 * 2).fill(0);
  values.forEach((value, i) => {
    const [x, y] = [i % 3, Math.floor(i / 3) % 3];
    const [colour, channel] = [Math.floor(i / 9) % colours, Math.floor(i / 9 / colours)];
    for (const column of [0, 1]) {
      const pixel = 2 * column + x - 1; // of the cell; -1 is the last of the one before
      const [cell, at] = pixel < 0 ? [0, 3] : [1, pixel];
      const row = (column * channels + channel) * 4 * colours + at * colours + colour;
      wide[(row * 3 + y) * 2 + cell] = value;
    }
  });
  const { values: offsets } = weights.get(bias);
  weights.set(weight, { shape: [2 * channels, 4 * colours, 3, 2], values: wide });
  weights.set(bias, { shape: [2 * channels], values: [...offsets, ...offsets] });
  const cells = `${output}_cells`;
  scales.set(cells, scaleOf(output));
  node('Conv', [dequantized(picture), ...convolution(picture, weight, bias, 0, 2 * channels, '')],
    cells, [['kernel_shape', [3, 2]], ['strides', [2, 1]], ['pads', [1, 1, 1, 0]]].map(
      ([name, list]) => block(5, block(1, name), ...list.map(n => number(8, n)), number(20, 7))));
  transpose(quantized(cells), `${cells}_rows`, [0, 2, 3, 1]);
  reshape(`${cells}_rows`, `${output}_rows`, [0, 0, -1, channels]);
  transpose(`${output}_rows`, `${output}_quantized`, [0, 3, 1, 2]);
  made.add(output);
}

/** The split that alone reads a convolution's output: its parts and their channels. */
function partsOf(output) {
  const readers = nodes.filter(n => n.inputs.includes(output));
  if (readers.length !== 1 || readers[0].op !== 'Split') return null;
  const sizes = new BigInt64Array(constants.get(readers[0].inputs[1]).raw);
  return { split: readers[0], names: readers[0].outputs, sizes: Array.from(sizes, Number) };
}

for (const { op, inputs, outputs } of nodes) {
  if (op !== 'MaxPool' && op !== 'Resize') continue;
  const [input, output] = [scaleOf(inputs[0]), scaleOf(outputs[0])];
  if (input.scale !== output.scale || input.zero !== output.zero) {
    throw new Error(`${outputs[0]} needs the scale of ${inputs[0]}`);
  }
}
const absorbed = new Set(casts);

/** The quantised value that an output is made of; what stands between is not written. */
function sourceOf(output) {
  const way = [];
  let tensor = output;
  while (!scales.has(tensor)) {
    const from = nodes.find(n => n.outputs.includes(tensor));
    absorbed.add(from);
    way.push(from.op);
    tensor = from.inputs[0];
  }
  if (!['Identity,Transpose,Reshape', 'Identity,Transpose,Reshape,Sigmoid'].includes(way.join())) {
    throw new Error(`${output}: unknown form of output`);
  }
  return tensor;
}
const sources = results.map(sourceOf);
const channelsOf = new Map(); // of a convolution's output
for (const n of nodes) {
  const { op, inputs, outputs, attributes } = n;
  if (absorbed.has(n)) continue;
  if (op !== 'Conv' && inputs.includes(picture)) throw new Error(`${op} reads the picture`);
  if (inputs[0] === picture) {
    overCells(n);
    continue;
  }
  const parts = op === 'Conv' ? partsOf(outputs[0]) : null;
  if (parts) {
    absorbed.add(parts.split);
    let from = 0;
    parts.names.forEach((name, i) => {
      scaleOf(name);
      const to = from + parts.sizes[i];
      channelsOf.set(name, parts.sizes[i]);
      node(op, [dequantized(inputs[0]),
        ...convolution(inputs[0], inputs[1], inputs[2], from, to, `_of_${name}`)], name, attributes);
      from = to;
    });
    continue;
  }
  const operands = inputs.map(input => {
    if (scales.has(input)) return dequantized(input);
    if (constants.has(input)) tensors.set(input, block(5, constants.get(input).bytes));
    return input;
  });
  if (QUANTIZED.includes(op)) {
    scaleOf(outputs[0]);
    inputs.slice(0, op === 'Conv' || op === 'Resize' ? 1 : inputs.length).forEach(scaleOf);
  }
  if (op === 'Conv') {
    const channels = weights.get(inputs[1]).shape[0];
    channelsOf.set(outputs[0], channels);
    operands.splice(1, 2, ...convolution(inputs[0], inputs[1], inputs[2], 0, channels, ''));
  }
  written.push(block(1, ...operands.map(i => block(1, i)), ...outputs.map(o => block(2, o)),
    block(3, outputs[0]), block(4, op), ...attributes));
}
const declared = sources.map((source, i) => {
  const channels = channelsOf.get(source);
  transpose(quantized(source), `${results[i]}_rows`, [0, 2, 3, 1]);
  reshape(`${results[i]}_rows`, results[i], [1, -1, channels]);
  return value(12, results[i], UINT8, [1, `${results[i]}_cells`, channels]);
});
const steps = Float32Array.from(sources.map(scaleOf).flatMap(({ scale, zero }) => [scale, zero]));
node('Identity', [constant('scales_values', FLOAT, [sources.length, 2], steps)], 'scales');
declared.push(value(12, 'scales', FLOAT, [sources.length, 2]));

const unused = [...scales.keys()].filter(tensor => !made.has(tensor));
if (unused.length > 0) throw new Error(`${scalesFile}: nothing reads ${unused}`);

fs.writeFileSync(outFile, Buffer.concat([
  number(1, 7), block(2, 'kydai-quantize'), block(6, doc),
  block(7, ...written, ...graph.filter(f => f.field === 2).map(f => f.bytes), ...tensors.values(),
    value(11, picture, UINT8, [1, 'height', 'width', COLOURS]), ...declared),
  ...model.filter(f => f.field === 8).map(f => f.bytes),
]));
