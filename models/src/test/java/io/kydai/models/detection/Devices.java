package io.kydai.models.detection;

import static org.junit.jupiter.api.Assumptions.abort;

import ai.onnxruntime.OrtSession.SessionOptions;
import io.kydai.models.onnx.OnnxProviders;
import io.kydai.models.unpack.OnnxRuntimeLibrary;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;

/** The devices that tests run on: the processors, and a graphics card where there is one. */
public final class Devices {
  private static final Device CUDA = new Device(Device.Provider.CUDA, 0);

  private Devices() {}

  public static List<Device> all() {
    return List.of(Device.CPU, CUDA);
  }

  /** Ends the calling test, with what is missing as the reason, where there is no such device. */
  public static void require(Device device) {
    try {
      OnnxRuntimeLibrary.load();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    try (SessionOptions options = new SessionOptions()) {
      OnnxProviders.add(device, options);
    } catch (ModelException e) {
      abort(e.getMessage());
    }
  }
}
