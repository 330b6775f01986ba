package io.kydai.models;

import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import io.kydai.models.detection.Detector;
import io.kydai.models.detection.DetectorModel;
import io.kydai.models.detection.DetectorSettings;
import io.kydai.models.detection.Device;
import io.kydai.models.detection.InputSize;
import io.kydai.models.detection.Letterbox;
import io.kydai.models.detection.Picture;
import io.kydai.models.detection.Precision;
import io.kydai.models.head.NanoDetHead;
import io.kydai.models.head.Normalisation;
import io.kydai.models.onnx.ModelFile;
import io.kydai.models.onnx.OnnxDetectorModel;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * What {@link Detector#detect} costs beyond ONNX Runtime's own {@code run}: both take turns on the
 * same picture, with the same options, in one process, each going first every other time, and the
 * median of the rounds' ratios is told. With one thread the inference runs on the caller's, whose
 * processor time is taken, so that a busy machine does not matter; with more it is wall time.
 *
 * <p>Arguments: a detector's name (default: {@code all}; each in fp32 and in int8), threads
 * (default 1), rounds (default 40).
 */
final class DetectorBenchmark {
  private DetectorBenchmark() {}

  public static void main(String[] args) throws Exception {
    int threads = args.length > 1 ? Integer.parseInt(args[1]) : 1;
    int rounds = args.length > 2 ? Integer.parseInt(args[2]) : 40;
    for (String name : DetectorCatalogue.names()) {
      if (args.length == 0 || args[0].equals("all") || args[0].equals(name)) {
        compare(name, Precision.FP32, threads, rounds);
        compare(name, Precision.INT8, threads, rounds);
      }
    }
  }

  private static void compare(String name, Precision precision, int threads, int rounds)
      throws Exception {
    DetectorSettings settings =
        new DetectorSettings(name, null, Device.CPU, precision, 0.1f, threads);
    try (DetectorModel model = DetectorCatalogue.load(settings);
        Detector detector = model.newDetector();
        OrtSession.SessionOptions options = OnnxDetectorModel.options(model.inputSize(), threads);
        OrtSession session = rawSession(precision, options)) {
      Picture picture = Picture.resource("campus.jpg");
      Letterbox place = picture.centred(model.inputSize());
      ByteBuffer pixels = picture.pixels(place);
      RawInput input =
          precision == Precision.INT8 ? bytes(pixels) : planes(pixels, model.inputSize());
      LongSupplier clock =
          threads == 1
              ? ManagementFactory.getThreadMXBean()::getCurrentThreadCpuTime
              : System::nanoTime;
      long[] ours = new long[rounds];
      long[] raw = new long[rounds];
      double[] ratios = new double[rounds];
      for (int round = -rounds / 4; round < rounds; round++) {
        boolean oursFirst = round % 2 == 0;
        long start = clock.getAsLong();
        if (oursFirst) {
          detector.detect(pixels, place);
        } else {
          run(session, input, model.inputSize());
        }
        long middle = clock.getAsLong();
        if (oursFirst) {
          run(session, input, model.inputSize());
        } else {
          detector.detect(pixels, place);
        }
        long end = clock.getAsLong();
        if (round >= 0) {
          ours[round] = oursFirst ? middle - start : end - middle;
          raw[round] = oursFirst ? end - middle : middle - start;
          ratios[round] = (double) ours[round] / raw[round];
        }
      }
      Arrays.sort(ratios);
      System.out.printf(
          "%s, %d thread(s): detect %.1f ms, ONNX Runtime alone %.1f ms, ratio %.3f%n",
          model.name(), threads, median(ours), median(raw), ratios[rounds / 2]);
    }
  }

  private static OrtSession rawSession(Precision precision, OrtSession.SessionOptions options)
      throws Exception {
    ModelFile file =
        ModelFile.resource(precision == Precision.INT8 ? "nanodet-g-int8.onnx" : "nanodet-g.onnx");
    return file.with(path -> session(path, options));
  }

  private static OrtSession session(Path path, OrtSession.SessionOptions options)
      throws IOException {
    try {
      return OrtEnvironment.getEnvironment().createSession(path.toString(), options);
    } catch (OrtException e) {
      throw new IOException(e);
    }
  }

  /** Makes the input tensor, as the file takes it; that is a part of what the runtime costs. */
  private interface RawInput {
    OnnxTensor tensor(InputSize size) throws OrtException;
  }

  private static RawInput bytes(ByteBuffer pixels) {
    return size ->
        OnnxTensor.createTensor(
            OrtEnvironment.getEnvironment(),
            pixels,
            new long[] {1, size.height(), size.width(), 3},
            OnnxJavaType.UINT8);
  }

  private static RawInput planes(ByteBuffer pixels, InputSize input) {
    int count = input.width() * input.height();
    FloatBuffer planes =
        ByteBuffer.allocateDirect(12 * count).order(ByteOrder.nativeOrder()).asFloatBuffer();
    new NanoDetHead(CocoLabels.NAMES)
        .normalisation()
        .apply(pixels, planes, count, new Normalisation.Scratch());
    return size ->
        OnnxTensor.createTensor(
            OrtEnvironment.getEnvironment(),
            planes,
            new long[] {1, 3, size.height(), size.width()});
  }

  private static void run(OrtSession session, RawInput input, InputSize size) throws Exception {
    try (OnnxTensor image = input.tensor(size);
        OrtSession.Result result = session.run(Map.of("image", image))) {
      if (result.size() < 6) {
        throw new IllegalStateException("six outputs expected, not " + result.size());
      }
    }
  }

  private static double median(long[] nanos) {
    Arrays.sort(nanos);
    return nanos[nanos.length / 2] / 1e6;
  }
}
