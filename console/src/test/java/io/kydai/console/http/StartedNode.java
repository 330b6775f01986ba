package io.kydai.console.http;

import io.kydai.console.config.ConfigFile;
import io.kydai.console.config.HttpConfig;
import io.kydai.console.config.KydaiConfig;
import io.kydai.console.config.ServerTls;
import io.kydai.console.config.tree.Secret;
import io.kydai.console.node.Node;
import io.kydai.console.store.TestDatabase;
import io.kydai.ingest.simulator.CameraSimulator;
import io.kydai.ingest.simulator.SimulatedCamera;
import io.kydai.ingest.simulator.media.AudioClip;
import io.kydai.ingest.simulator.media.Clip;
import io.kydai.models.document.Records;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** A whole node in the test's process, on a free port, and simulated cameras for it. */
final class StartedNode {
  private StartedNode() {}

  /**
   * @param folder gets the configuration and, in {@code data}, all that the node keeps
   */
  static Node start(Path folder, String yaml) throws IOException {
    return start(folder, yaml, new HttpConfig("127.0.0.1", 0, null));
  }

  /** As {@link #start(Path, String)}, at a port, as a node that is started again. */
  static Node startAt(int port, Path folder, String yaml) throws IOException {
    return start(folder, yaml, new HttpConfig("127.0.0.1", port, null));
  }

  /** As {@link #start(Path, String)}, but with a self-signed certificate. */
  static Node startWithTls(Path folder, String yaml) throws IOException {
    return start(
        folder, yaml, new HttpConfig("127.0.0.1", 0, null, new ServerTls.SelfSigned(), List.of()));
  }

  private static Node start(Path folder, String yaml, HttpConfig http) throws IOException {
    KydaiConfig read = ConfigFile.read(Files.writeString(folder.resolve("kydai.yaml"), yaml));
    return Node.start(
        TestDatabase.setting(folder.resolve("data/kydai.db"))
            .map(database -> onServer(read, database))
            .orElse(read)
            .withHttp(http),
        folder.resolve("data"),
        line -> {});
  }

  private static KydaiConfig onServer(KydaiConfig read, String database) {
    return Records.with(
        read,
        Map.of("storage", Records.with(read.storage(), Map.of("database", Secret.of(database)))));
  }

  /** Cameras that all show people on a path, at 10 pictures per second. */
  static CameraSimulator simulator(String... names) throws IOException {
    return simulator(Map.of(), names);
  }

  /**
   * Such cameras, of which some have sound.
   *
   * @param sounds by the camera's name
   */
  static CameraSimulator simulator(Map<String, AudioClip> sounds, String... names)
      throws IOException {
    try (InputStream in =
        Node.class.getResourceAsStream("/io/kydai/console/demo/campus-path.h264")) {
      Clip clip = Clip.load(in);
      CameraSimulator.Builder builder = CameraSimulator.builder();
      for (String name : names) {
        SimulatedCamera camera = new SimulatedCamera(name, clip, 10);
        AudioClip sound = sounds.get(name);
        builder.camera(sound == null ? camera : camera.withSound(sound));
      }
      return builder.start();
    }
  }
}
