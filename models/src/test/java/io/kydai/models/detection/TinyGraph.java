package io.kydai.models.detection;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * An ONNX graph of a few nodes, written down by hand (onnx.proto3), that answers with given
 * numbers: the shapes and types of exports that no registry ships, through the real runtime.
 */
public final class TinyGraph {
  private static final int FLOAT = 1;
  private static final int INT64 = 7;

  private final Message graph = new Message().text(2, "tiny");
  private int constants;

  /** A graph of one input, {@code images} of that size. */
  public TinyGraph(InputSize input) {
    graph.message(11, value("images", FLOAT, 1, 3, input.height(), input.width()));
  }

  /** A second input, {@code size}. */
  public TinyGraph withSize() {
    graph.message(11, value("size", INT64, 1, 2));
    return this;
  }

  /** An output that is always the same. */
  public TinyGraph output(String name, float[] numbers, long... shape) {
    return node("Identity", name, constant(numbers, shape)).declare(name, FLOAT, shape);
  }

  /** An output of 64-bit integers that is always the same. */
  public TinyGraph output(String name, long[] numbers, long... shape) {
    ByteBuffer raw = ByteBuffer.allocate(8 * numbers.length).order(ByteOrder.LITTLE_ENDIAN);
    raw.asLongBuffer().put(numbers);
    return node("Identity", name, constant(INT64, raw, shape)).declare(name, INT64, shape);
  }

  /** An output {@code [1, n, 4]} that is these numbers times width, height, width, height. */
  public TinyGraph timesSize(String name, float[] numbers, long... shape) {
    node(
        "Concat",
        "sizes",
        new Message().text(1, "axis").number(3, 1).number(20, 2),
        "size",
        "size");
    node("Cast", "factors", new Message().text(1, "to").number(3, FLOAT).number(20, 2), "sizes");
    return node("Mul", name, constant(numbers, shape), "factors").declare(name, FLOAT, shape);
  }

  /** An output {@code [1, 1, 3]}: the mean of each of the input's planes. */
  public TinyGraph planeMeans(String name) {
    node("GlobalAveragePool", "means", "images");
    ByteBuffer raw = ByteBuffer.allocate(24).order(ByteOrder.LITTLE_ENDIAN);
    raw.asLongBuffer().put(new long[] {1, 1, 3});
    String shape = constant(INT64, raw, 3);
    return node("Reshape", name, "means", shape).declare(name, FLOAT, 1, 1, 3);
  }

  public byte[] toBytes() {
    return new Message()
        .number(1, 8)
        .message(7, graph)
        .message(8, new Message().text(1, "").number(2, 13))
        .bytes();
  }

  private String constant(float[] numbers, long... shape) {
    ByteBuffer raw = ByteBuffer.allocate(4 * numbers.length).order(ByteOrder.LITTLE_ENDIAN);
    raw.asFloatBuffer().put(numbers);
    return constant(FLOAT, raw, shape);
  }

  private String constant(int type, ByteBuffer raw, long... shape) {
    String name = "constant" + constants++;
    Message tensor = new Message();
    for (long side : shape) {
      tensor.number(1, side);
    }
    graph.message(5, tensor.number(2, type).text(8, name).raw(9, raw.array()));
    return name;
  }

  private TinyGraph node(String operator, String output, String... inputs) {
    graph.message(1, wired(output, inputs).text(4, operator));
    return this;
  }

  private void node(String operator, String output, Message attribute, String... inputs) {
    graph.message(1, wired(output, inputs).text(4, operator).message(5, attribute));
  }

  private static Message wired(String output, String... inputs) {
    Message node = new Message();
    for (String input : inputs) {
      node.text(1, input);
    }
    return node.text(2, output);
  }

  private TinyGraph declare(String name, int type, long... shape) {
    graph.message(12, value(name, type, shape));
    return this;
  }

  private static Message value(String name, int type, long... shape) {
    Message dimensions = new Message();
    for (long side : shape) {
      dimensions.message(1, new Message().number(1, side));
    }
    Message tensor = new Message().number(1, type).message(2, dimensions);
    return new Message().text(1, name).message(2, new Message().message(1, tensor));
  }

  /** A message of protocol buffers while it is written. */
  private static final class Message {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    Message number(int field, long value) {
      variable((long) field << 3);
      variable(value);
      return this;
    }

    Message text(int field, String value) {
      return raw(field, value.getBytes(StandardCharsets.UTF_8));
    }

    Message message(int field, Message value) {
      return raw(field, value.bytes());
    }

    Message raw(int field, byte[] value) {
      variable((long) field << 3 | 2);
      variable(value.length);
      out.writeBytes(value);
      return this;
    }

    byte[] bytes() {
      return out.toByteArray();
    }

    private void variable(long value) {
      long left = value;
      while ((left & ~0x7fL) != 0) {
        out.write((int) (left & 0x7f | 0x80));
        left >>>= 7;
      }
      out.write((int) left);
    }
  }
}
