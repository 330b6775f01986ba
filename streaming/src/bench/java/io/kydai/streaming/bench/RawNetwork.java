package io.kydai.streaming.bench;

import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import io.kydai.analytics.decode.Scaler;
import io.kydai.analytics.observation.Frame;
import io.kydai.models.detection.DetectorModel;
import io.kydai.models.detection.InputSize;
import io.kydai.models.detection.Precision;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.Map;

/**
 * ONNX Runtime on one thread with nothing of ours around it: tensor to tensors. To be made after
 * the first {@link DetectorModel}, as DJL has to set the runtime up.
 */
final class RawNetwork implements AutoCloseable {
  private final OrtEnvironment environment = OrtEnvironment.getEnvironment();
  private final OrtSession session;
  private final String inputName;
  private final InputSize input;
  private final boolean takesBytes;
  private final Scaler scaler;
  private final FloatBuffer planes;

  /**
   * The catalogue's three settings are one network at three sizes.
   *
   * @param precision not auto
   */
  RawNetwork(InputSize input, Precision precision) throws IOException, OrtException {
    try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
      options.setIntraOpNumThreads(1);
      options.setInterOpNumThreads(1);
      options.setSymbolicDimensionValue("height", input.height());
      options.setSymbolicDimensionValue("width", input.width());
      session = environment.createSession(network(precision), options);
    }
    inputName = session.getInputNames().iterator().next();
    this.input = input;
    takesBytes = precision == Precision.INT8;
    scaler = new Scaler(input);
    int bytes = 3 * Float.BYTES * input.width() * input.height();
    planes = ByteBuffer.allocateDirect(bytes).order(ByteOrder.nativeOrder()).asFloatBuffer();
  }

  private static byte[] network(Precision precision) throws IOException {
    String name = precision == Precision.INT8 ? "nanodet-g-int8.onnx" : "nanodet-g.onnx";
    try (InputStream in =
        DetectorModel.class.getResourceAsStream("/io/kydai/models/onnx/" + name)) {
      if (in == null) {
        throw new IOException("the network's resource is missing");
      }
      return in.readAllBytes();
    }
  }

  /** Runs the network on a frame; answers the nanoseconds that the network alone took. */
  long run(Frame frame) throws OrtException {
    scaler.scale(frame);
    return run(scaler.pixels());
  }

  /**
   * Runs the network on a picture of its size.
   *
   * @param bgr three bytes per pixel, row by row
   */
  void run(byte[] bgr) throws OrtException {
    run(ByteBuffer.wrap(bgr));
  }

  private long run(ByteBuffer bgr) throws OrtException {
    try (OnnxTensor tensor = takesBytes ? bytes(bgr) : normalised(bgr)) {
      long start = CpuClock.now();
      session.run(Map.of(inputName, tensor)).close();
      return CpuClock.now() - start;
    }
  }

  private OnnxTensor bytes(ByteBuffer bgr) throws OrtException {
    long[] shape = {1, input.height(), input.width(), 3};
    return OnnxTensor.createTensor(environment, bgr, shape, OnnxJavaType.UINT8);
  }

  private OnnxTensor normalised(ByteBuffer bgr) throws OrtException {
    int pixels = planes.capacity() / 3;
    for (int i = 0; i < pixels; i++) {
      for (int plane = 0; plane < 3; plane++) {
        planes.put(plane * pixels + i, ((bgr.get(i * 3 + plane) & 255) - 114) / 57f);
      }
    }
    long[] shape = {1, 3, input.height(), input.width()};
    return OnnxTensor.createTensor(environment, planes, shape);
  }

  @Override
  public void close() throws OrtException {
    scaler.close();
    session.close();
  }
}
