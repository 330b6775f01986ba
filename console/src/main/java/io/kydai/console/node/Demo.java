package io.kydai.console.node;

import io.kydai.console.config.ConfigFile;
import io.kydai.console.config.KydaiConfig;
import io.kydai.console.config.camera.CameraConfig;
import io.kydai.console.config.tree.Secret;
import io.kydai.ingest.simulator.CameraSimulator;
import io.kydai.ingest.simulator.SimulatedCamera;
import io.kydai.ingest.simulator.media.Clip;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The demonstration: two simulated cameras, served over RTSP by this process. */
public final class Demo implements AutoCloseable {
  /** The absent demonstration. */
  public static final Demo NONE = new Demo(KydaiConfig.DEFAULT, null);

  private static final double FPS = 10;

  private final KydaiConfig config;
  private final @Nullable CameraSimulator simulator;

  private Demo(KydaiConfig config, @Nullable CameraSimulator simulator) {
    this.config = config;
    this.simulator = simulator;
  }

  /**
   * Starts the simulated cameras.
   *
   * @param progress receives a line of text for the user
   * @throws StartException when they cannot be started
   */
  public static Demo start(Consumer<String> progress) {
    try {
      KydaiConfig scenes = scenes();
      CameraSimulator.Builder builder = CameraSimulator.builder();
      for (CameraConfig camera : scenes.cameras()) {
        String name = camera.id().value();
        builder.camera(new SimulatedCamera(name, clip(name), FPS));
      }
      CameraSimulator simulator = builder.start();
      List<CameraConfig> cameras =
          scenes.cameras().stream()
              .map(camera -> camera.withUrl(Secret.of(simulator.address(camera.id().value()))))
              .toList();
      progress.accept(
          "Demo: " + cameras.size() + " simulated cameras at rtsp://127.0.0.1:" + simulator.port());
      return new Demo(scenes.withCameras(cameras), simulator);
    } catch (IOException | IllegalStateException e) {
      throw new StartException("The demo cannot start: " + e.getMessage(), e);
    }
  }

  /** Returns the configuration with the simulated cameras; the defaults for {@link #NONE}. */
  public KydaiConfig config() {
    return config;
  }

  private static Clip clip(String camera) throws IOException {
    try (InputStream in = resource(camera + ".h264")) {
      return Clip.load(in);
    }
  }

  /** Reads the configuration of the resources through a file, because entries of a jar are none. */
  private static KydaiConfig scenes() throws IOException {
    Path file = Files.createTempFile("kydai-demo-", ".yaml");
    try (InputStream in = resource("kydai.yaml")) {
      Files.copy(in, file, StandardCopyOption.REPLACE_EXISTING);
      return ConfigFile.read(file);
    } finally {
      Files.delete(file);
    }
  }

  private static InputStream resource(String name) throws IOException {
    InputStream in = Demo.class.getResourceAsStream("/io/kydai/console/demo/" + name);
    if (in == null) {
      throw new IOException("demo/" + name + " is missing from the class path");
    }
    return in;
  }

  @Override
  public void close() {
    if (simulator != null) {
      simulator.close();
    }
  }
}
