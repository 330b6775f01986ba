package io.kydai.models.onnx;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtProvider;
import ai.onnxruntime.OrtSession.SessionOptions;
import io.kydai.models.detection.Device;
import io.kydai.models.detection.ModelException;
import java.util.Set;

/**
 * Adds the execution providers of a device to a session's options. ONNX Runtime for CPUs and ONNX
 * Runtime for NVIDIA cards are two artifacts with the same classes; the second, {@code
 * onnxruntime_gpu}, has 700 MB, so the product contains the first. A requested device that is not
 * available is an error and never replaced by the CPU, so that a graphics card cannot stay unused
 * unnoticed.
 */
public final class OnnxProviders {
  private OnnxProviders() {}

  /**
   * Adds a device's providers to a session's options.
   *
   * @throws ModelException when the device is not available; the message names what is missing
   */
  public static void add(Device device, SessionOptions options) {
    Set<OrtProvider> available = OrtEnvironment.getAvailableProviders();
    switch (device.provider()) {
      case CPU -> {
        // The CPU provider needs no option: it is always available, and runs the operators that
        // the other providers do not support.
      }
      case CUDA -> {
        require(device, OrtProvider.CUDA, available);
        add(device, () -> options.addCUDA(device.index()));
      }
      case TENSORRT -> {
        require(device, OrtProvider.TENSOR_RT, available);
        add(device, () -> options.addTensorrt(device.index()));
        add(
            device,
            () ->
                options.addCUDA(
                    device.index())); // providers are used in the order in which they were added
      }
    }
  }

  private static void require(Device device, OrtProvider wanted, Set<OrtProvider> available) {
    if (!available.contains(wanted)) {
      String version = OrtEnvironment.getEnvironment().getVersion();
      throw new ModelException(
          "the detector's device "
              + device
              + " is not available: this is ONNX Runtime "
              + version
              + " with the providers "
              + available
              + " only; the device needs the artifact com.microsoft.onnxruntime:onnxruntime_gpu:"
              + version
              + " in place of onnxruntime (see docs/models.md)");
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
            + " cannot be used; it needs a graphics card with that device number, NVIDIA's driver,"
            + " and the libraries of CUDA 12 and cuDNN 9"
            + (device.provider() == Device.Provider.TENSORRT ? " and TensorRT 10" : "")
            + "; ONNX Runtime writes the name of a missing library to standard error, and reports: "
            + cause.getMessage(),
        cause);
  }
}
