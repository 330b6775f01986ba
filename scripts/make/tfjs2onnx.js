#!/usr/bin/env node
// Turns a TensorFlow.js graph model into an ONNX file (opset 13) that takes any input size.
//
//   tfjs2onnx.js model.json out.onnx --doc TEXT --input NAME=NEW --output NAME=NEW ...
//
// It knows the operations of convolutional detectors that came to TensorFlow from PyTorch through
// onnx-tf: NCHW graphs in which each convolution stands between two transpositions. Those
// transpositions are followed in the head and never written (see `perm`). Two more things differ
// from a plain translation:
//  - Sizes. Height and width stay symbols, "height" and "width". A resize to a fixed size becomes
//    a resize by a factor, which is why each value carries `side`, the length of its side in the
//    model's own square input.
//  - Weights stay in half precision, as in the source, each with a Cast behind it. The runtime
//    folds the casts at load, so the arithmetic is that of single precision.
// Unknown operations and forms are errors: better no model than a wrong one.
'use strict';
const fs = require('fs');
const path = require('path');
const { number, block, float } = require('./protobuf.js');

const [, , modelFile, outFile, ...rest] = process.argv;
const options = { doc: [], input: [], output: [] };
for (let i = 0; i < rest.length; i += 2) options[rest[i].replace('--', '')].push(rest[i + 1]);
const pairs = list => list.map(s => s.split('='));
const model = JSON.parse(fs.readFileSync(modelFile, 'utf8'));

// ---- Reading: weights and attributes

function readWeights() {
  const weights = new Map();
  for (const group of model.weightsManifest) {
    const bytes = Buffer.concat(
      group.paths.map(p => fs.readFileSync(path.join(path.dirname(modelFile), p))));
    let at = 0;
    for (const w of group.weights) {
      const half = w.quantization && w.quantization.dtype === 'float16';
      if (!half && w.dtype !== 'int32') throw new Error(`weight ${w.name} is ${w.dtype}`);
      const count = w.shape.reduce((a, b) => a * b, 1);
      const data = [];
      for (let i = 0; i < count; i++) {
        data.push(half ? bytes.readUInt16LE(at + 2 * i) : bytes.readInt32LE(at + 4 * i));
      }
      at += count * (half ? 2 : 4);
      weights.set(w.name, { constant: true, half: !!half, shape: w.shape, data });
    }
    if (at !== bytes.length) throw new Error(`weights: ${bytes.length} bytes, ${at} described`);
  }
  return weights;
}

const text = a => Buffer.from(a.s, 'base64').toString();
const ints = a => a.list.i.map(Number);
const same = (a, b) => a.length === b.length && a.every((x, i) => x === b[i]);

// ---- Building the graph. A value is {name, perm, side}: the ONNX tensor's axis p holds axis
// perm[p] of the TensorFlow tensor. Images lie in NCHW throughout.

const weights = readWeights();
const sources = new Map(model.modelTopology.node.map(n => [n.name, n]));
const values = new Map();
const nodes = [];
const initializers = [];
const NHWC_IN_NCHW = [0, 3, 1, 2];
let serial = 0;

function emit(op, inputs, attributes = {}, outputs = 1) {
  const names = Array.from({ length: outputs }, () => `${op.toLowerCase()}_${serial++}`);
  nodes.push({ op, inputs, outputs: names, attributes });
  return outputs === 1 ? names[0] : names;
}

function initializer(type, shape, bytes) {
  const name = `constant_${serial++}`;
  initializers.push({ name, type, shape, bytes });
  return name;
}

function int64s(list) {
  return initializer(7, [list.length], Buffer.from(BigInt64Array.from(list, BigInt).buffer));
}

/** A half-precision weight as a single-precision value, its axes in the given order. */
function weight(w, order) {
  if (!w.half) throw new Error('a weight in half precision expected');
  const shape = order.map(a => w.shape[a]);
  const steps = w.shape.map((_, a) => w.shape.slice(a + 1).reduce((x, y) => x * y, 1));
  const bytes = Buffer.alloc(2 * w.data.length);
  const index = shape.map(() => 0);
  for (let i = 0; i < w.data.length; i++) {
    bytes.writeUInt16LE(w.data[index.reduce((s, x, k) => s + x * steps[order[k]], 0)], 2 * i);
    for (let k = shape.length - 1; k >= 0 && ++index[k] === shape[k]; k--) index[k] = 0;
  }
  return emit('Cast', [initializer(10, shape, bytes)], { to: 1 });
}

function value(reference) {
  const [name, index] = reference.split(':');
  if (!values.has(name)) {
    const source = sources.get(name);
    if (!source) throw new Error(`no node ${name}`);
    const made = source.op === 'Const' ? weights.get(name) : translate(source);
    values.set(name, Array.isArray(made) ? made : [made]);
  }
  return values.get(name)[Number(index || 0)];
}

function constant(reference) {
  const v = value(reference);
  if (!v.constant) throw new Error(`${reference} is not constant`);
  return v;
}

/** The zeros or infinities around a picture, for the convolution or pooling behind it to take. */
function paddingOf(v, allowed) {
  if (!v.padding) return { input: v, pads: [0, 0, 0, 0] };
  if (!allowed(v.padding.half)) throw new Error('padding with an unfit value');
  return { input: v.padding.input, pads: v.padding.pads };
}

function windowed(side, kernel, stride, pads) {
  return Math.floor((side + pads[0] + pads[2] - kernel) / stride) + 1;
}

function requireNchw(v, what) {
  if (!same(v.perm, NHWC_IN_NCHW)) throw new Error(`${what}: axes ${v.perm}`);
}

function translate(node) {
  const inputs = (node.input || []).filter(i => !i.startsWith('^'));
  const attr = node.attr || {};
  const x = inputs.length > 0 ? value(inputs[0]) : null;
  const renamed = (name, more = {}) => ({ name, perm: x.perm, side: x.side, ...more });
  switch (node.op) {
    case 'Placeholder': {
      const [, , height, width] = attr.shape.shape.dim.map(d => Number(d.size));
      if (height !== width) throw new Error('a square input expected');
      return { name: pairs(options.input)[0][1], perm: [0, 1, 2, 3], side: height };
    }
    case 'Identity':
      return x;
    case 'Transpose': {
      const order = constant(inputs[1]).data;
      if (order.length === 3) return renamed(emit('Transpose', [x.name], { perm: order }));
      const moved = v => ({ ...v, perm: v.perm.map(a => order.indexOf(a)) });
      const result = moved(x);
      if (x.padding) result.padding = { ...x.padding, input: moved(x.padding.input) };
      return result;
    }
    case 'Pad':
    case 'PadV2': {
      const amounts = constant(inputs[1]).data;
      const [top, left] = [2, 3].map(p => amounts[2 * x.perm[p]]);
      const [bottom, right] = [2, 3].map(p => amounts[2 * x.perm[p] + 1]);
      if (amounts.reduce((a, b) => a + b) !== top + left + bottom + right) {
        throw new Error(`${node.name}: only the picture's sides may be padded`);
      }
      const half = node.op === 'PadV2' ? constant(inputs[2]).data[0] : 0;
      return { perm: x.perm, padding: { input: x, pads: [top, left, bottom, right], half } };
    }
    case 'Conv2D': {
      const { input, pads } = paddingOf(x, half => half === 0);
      requireNchw(input, node.name);
      const w = constant(inputs[1]);
      const [kernel, kernelWidth] = w.shape;
      const [, stride, strideWidth] = ints(attr.strides);
      if (text(attr.padding) !== 'VALID' || kernel !== kernelWidth || stride !== strideWidth) {
        throw new Error(`${node.name}: unknown form of convolution`);
      }
      const attributes = { kernel_shape: [kernel, kernel], strides: [stride, stride], pads };
      const name = emit('Conv', [input.name, weight(w, [3, 2, 0, 1])], attributes);
      return {
        name, perm: NHWC_IN_NCHW, side: windowed(input.side, kernel, stride, pads),
        convolution: nodes[nodes.length - 1],
      };
    }
    case 'Add': {
      const y = value(inputs[1]);
      if (!y.constant) {
        if (!same(x.perm, y.perm)) throw new Error(`${node.name}: axes differ`);
        return renamed(emit('Add', [x.name, y.name]));
      }
      // A constant is a convolution's bias, and becomes its third input.
      if (!x.convolution || y.shape.length !== 1) throw new Error(`${node.name}: no bias`);
      const bias = weight(y, [0]);
      nodes.splice(nodes.indexOf(x.convolution), 1);
      x.convolution.inputs.push(bias);
      nodes.push(x.convolution);
      return renamed(x.name);
    }
    case 'AddV2': {
      const [a, b] = inputs.map(i => constant(i).data);
      return { constant: true, shape: [a.length], data: a.map((v, i) => v + b[i]) };
    }
    case 'SparseToDense': {
      const [indices, shape, , fill] = inputs.map(i => constant(i).data);
      if (indices.length > 0) throw new Error(`${node.name}: only an empty one is known`);
      return { constant: true, shape, data: Array(shape[0]).fill(fill[0]) };
    }
    case 'LeakyRelu':
      return renamed(emit('LeakyRelu', [x.name], { alpha: { float: attr.alpha.f } }));
    case 'Sigmoid':
      return renamed(emit('Sigmoid', [x.name]));
    case 'MaxPool': {
      const { input, pads } = paddingOf(x, half => half === 0xfc00); // minus infinity
      requireNchw(input, node.name);
      const [, kernel] = ints(attr.ksize);
      const [, stride] = ints(attr.strides);
      const attributes = { kernel_shape: [kernel, kernel], strides: [stride, stride], pads };
      const name = emit('MaxPool', [input.name], attributes);
      return { name, perm: input.perm, side: windowed(input.side, kernel, stride, pads) };
    }
    case 'ResizeBilinear': {
      requireNchw(x, node.name);
      const [height, width] = constant(inputs[1]).data;
      const factor = height / x.side;
      if (height !== width || ![0.5, 2].includes(factor) || !attr.half_pixel_centers.b) {
        throw new Error(`${node.name}: unknown form of resizing`);
      }
      const scales = Buffer.from(Float32Array.of(1, 1, factor, factor).buffer);
      const name = emit('Resize', [x.name, '', initializer(1, [4], scales)], {
        mode: 'linear', coordinate_transformation_mode: 'half_pixel',
      });
      return { name, perm: x.perm, side: height };
    }
    case 'ConcatV2': {
      const parts = inputs.slice(0, -1).map(value);
      const axis = constant(inputs[inputs.length - 1]).data[0];
      if (!parts.every(p => same(p.perm, x.perm))) throw new Error(`${node.name}: axes differ`);
      return renamed(emit('Concat', parts.map(p => p.name), { axis: x.perm.indexOf(axis) }));
    }
    case 'SplitV': {
      const sizes = constant(inputs[1]).data;
      const axis = x.perm.indexOf(constant(inputs[2]).data[0]);
      const names = emit('Split', [x.name, int64s(sizes)], { axis }, sizes.length);
      return names.map(name => renamed(name));
    }
    case 'Reshape': {
      if (!same(x.perm, [0, 1, 2, 3])) throw new Error(`${node.name}: axes ${x.perm}`);
      const shape = constant(inputs[1]).data;
      const name = emit('Reshape', [x.name, int64s(shape)]);
      return { name, perm: shape.map((_, a) => a) };
    }
    default:
      throw new Error(`unknown operation ${node.op} of ${node.name}`);
  }
}

// ---- Writing, after onnx.proto3

function attribute(name, v) {
  const head = block(1, name);
  if (typeof v === 'number') return block(5, head, number(3, v), number(20, 2));
  if (typeof v === 'string') return block(5, head, block(4, v), number(20, 3));
  if (Array.isArray(v)) return block(5, head, ...v.map(n => number(8, n)), number(20, 7));
  return block(5, head, float(2, v.float), number(20, 1));
}

const nodeProto = n =>
  block(1, ...n.inputs.map(i => block(1, i)), ...n.outputs.map(o => block(2, o)),
    block(3, n.outputs[0]), block(4, n.op),
    ...Object.entries(n.attributes).map(([k, v]) => attribute(k, v)));
const tensorProto = t =>
  block(5, ...t.shape.map(d => number(1, d)), number(2, t.type), block(8, t.name),
    block(9, t.bytes));
const dimension = d => block(1, typeof d === 'number' ? number(1, d) : block(2, d));
const valueInfo = (field, name, dims) =>
  block(field, block(1, name),
    block(2, block(1, number(1, 1), block(2, ...dims.map(dimension)))));

const outputs = pairs(options.output).map(([source, name]) => {
  const v = value(source);
  nodes.push({ op: 'Identity', inputs: [v.name], outputs: [name], attributes: {} });
  return name;
});
const graph = block(7, ...nodes.map(nodeProto), block(2, path.basename(modelFile, '.json')),
  ...initializers.map(tensorProto),
  valueInfo(11, pairs(options.input)[0][1], [1, 3, 'height', 'width']),
  ...outputs.map(name => valueInfo(12, name, [1, `${name}_cells`, `${name}_values`])));
fs.writeFileSync(outFile, Buffer.concat([
  number(1, 7), block(2, 'kydai-tfjs2onnx'), block(6, options.doc.join(' ')), graph,
  block(8, number(2, 13)),
]));
