package io.kydai.models.onnx;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtProvider;
import ai.onnxruntime.OrtSession.SessionOptions;
import io.kydai.models.detection.Device;
import io.kydai.models.detection.ModelException;
import java.util.Set;

/**
 * Brings a session to its device. ONNX Runtime for processors and that for NVIDIA's cards are two
 * artifacts with the same classes; the second, {@code onnxruntime_gpu}, is 700 MB, so the product
 * has the first. What is asked for and not there is an error: a city that paid for a card must not
 * find out by the pictures per second that it is idle.
 */
public final class OnnxProviders {
  private OnnxProviders() {}

  /**
   * Adds a device's providers to a session's options.
   *
   * @throws ModelException when the device cannot be had; it names what is missing
   */
  public static void add(Device device, SessionOptions options) {
    Set<OrtProvider> there = OrtEnvironment.getAvailableProviders();
    switch (device.provider()) {
      case CPU -> {
        // Always there, and the last resort of the others.
      }
      case CUDA -> {
        require(device, OrtProvider.CUDA, there);
        add(device, () -> options.addCUDA(device.index()));
      }
      case TENSORRT -> {
        require(device, OrtProvider.TENSOR_RT, there);
        add(device, () -> options.addTensorrt(device.index()));
        add(device, () -> options.addCUDA(device.index())); // in this order of preference
      }
    }
  }

  private static void require(Device device, OrtProvider wanted, Set<OrtProvider> there) {
    if (!there.contains(wanted)) {
      String version = OrtEnvironment.getEnvironment().getVersion();
      throw new ModelException(
          "the detector's device "
              + device
              + " cannot be had: this is ONNX Runtime "
              + version
              + " for "
              + there
              + " only; it needs the artifact com.microsoft.onnxruntime:onnxruntime_gpu:"
              + version
              + " in place of onnxruntime (docs/models.md says how)");
    }
  }

  private interface Addition {
    void add() throws OrtException;
  }

  private static void add(Device device, Addition addition) {
    try {
      addition.add();
    } catch (OrtException e) {
      throw unusable(device, e);
    }
  }

  private static ModelException unusable(Device device, Exception cause) {
    return new ModelException(
        "the detector's device "
            + device
            + " cannot be used; it needs a card of that number, NVIDIA's driver, and the libraries"
            + " of CUDA 12 and cuDNN 9"
            + (device.provider() == Device.Provider.TENSORRT ? " and TensorRT 10" : "")
            + "; ONNX Runtime names a missing one on standard error, and says: "
            + cause.getMessage(),
        cause);
  }
}
