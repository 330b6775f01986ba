package io.kydai.models.detection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtProvider;
import io.kydai.models.DetectorCatalogue;
import io.kydai.models.unpack.OnnxRuntimeLibrary;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a device is called, and what is said where it is not there. */
class DeviceTest {
  @Test
  void aCardIsTheFirstOneUnlessItsNumberIsSaid() {
    assertThat(Device.of("cpu")).contains(Device.CPU);
    assertThat(Device.of("cuda")).contains(new Device(Device.Provider.CUDA, 0));
    assertThat(Device.of("tensorrt:3")).contains(new Device(Device.Provider.TENSORRT, 3));
    assertThat(Device.of("cuda:63")).map(Device::toString).contains("cuda:63");
  }

  @ParameterizedTest
  @ValueSource(strings = {"gpu", "CUDA", "cpu:0", "cuda:", "cuda:64", "cuda:-1", "cuda:1 "})
  void anythingElseIsNoDevice(String text) {
    assertThat(Device.of(text)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"cuda:1", "tensorrt"})
  void aDeviceWhoseRuntimeIsNotThereIsRefusedWithTheArtifactThatIsMissing(String text)
      throws IOException {
    OnnxRuntimeLibrary.load();
    assumeFalse(
        OrtEnvironment.getAvailableProviders().contains(OrtProvider.CUDA),
        "this is the runtime for graphics cards");
    Device device = Device.of(text).orElseThrow();
    assertThatThrownBy(
            () -> DetectorCatalogue.load(new DetectorSettings("light", null, device, 0.3f, 1)))
        .isInstanceOf(ModelException.class)
        .hasMessageStartingWith("the detector's device " + device + " is not available")
        .hasMessageContaining("the providers [CPU")
        .hasMessageContaining("com.microsoft.onnxruntime:onnxruntime_gpu:1.");
  }
}
