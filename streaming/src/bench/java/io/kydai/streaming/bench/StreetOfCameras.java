package io.kydai.streaming.bench;

import io.kydai.ingest.simulator.CameraSimulator;
import io.kydai.ingest.simulator.SimulatedCamera;
import io.kydai.ingest.simulator.media.Clip;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/** Simulated RTSP cameras in a process of their own, so that what they cost is not counted. */
final class StreetOfCameras implements AutoCloseable {
  private final Process process;
  private final int port;

  StreetOfCameras(Path video, int cameras, double fps) throws IOException {
    process =
        new ProcessBuilder(
                List.of(
                    ProcessHandle.current().info().command().orElse("java"),
                    "-Xmx512m",
                    StreetOfCameras.class.getName(),
                    video.toString(),
                    Integer.toString(cameras),
                    Double.toString(fps)))
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    BufferedReader lines =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    String line = lines.readLine();
    while (line != null && !line.matches("port [0-9]+")) {
      line = lines.readLine();
    }
    if (line == null) {
      throw new IOException("the simulated cameras did not start");
    }
    port = Integer.parseInt(line.substring("port ".length()));
  }

  static String name(int camera) {
    return "camera-" + camera;
  }

  String address(int camera) {
    return "rtsp://127.0.0.1:" + port + "/" + name(camera);
  }

  @Override
  public void close() {
    process.destroy();
    process.onExit().join();
  }

  /** Runs until its standard input ends, or it is killed. */
  public static void main(String[] words) throws IOException {
    Clip clip = Clip.load(Path.of(words[0]));
    CameraSimulator.Builder builder = CameraSimulator.builder();
    for (int i = 0; i < Integer.parseInt(words[1]); i++) {
      builder.camera(new SimulatedCamera(name(i), clip, Double.parseDouble(words[2])));
    }
    try (CameraSimulator simulator = builder.start()) {
      System.out.println("port " + simulator.port());
      while (System.in.read() >= 0) {
        continue;
      }
    }
  }
}
