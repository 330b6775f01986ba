package io.kydai.ingest.bench;

import io.kydai.ingest.simulator.CameraSimulator;
import io.kydai.ingest.simulator.HandMadeClip;
import io.kydai.ingest.simulator.SimulatedCamera;
import io.kydai.ingest.simulator.media.Clip;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Simulated cameras in a process of their own, so that what they cost is not ingest's. */
final class City implements AutoCloseable {
  private final Process process;
  private final int port;

  /**
   * @param megabits per second and camera: 2 is a group of 25 pictures of 10 KB on average
   */
  City(int cameras, double fps, double megabits) throws IOException {
    process =
        new ProcessBuilder(
                List.of(
                    ProcessHandle.current().info().command().orElse("java"),
                    "-Xmx512m",
                    City.class.getName(),
                    Integer.toString(cameras),
                    Double.toString(fps),
                    Double.toString(megabits)))
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    String line =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))
            .readLine();
    if (line == null) {
      throw new IOException("the simulated cameras did not start");
    }
    port = Integer.parseInt(line);
  }

  int port() {
    return port;
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
  public static void main(String[] args) throws IOException {
    double fps = Double.parseDouble(args[1]);
    int average = (int) (Double.parseDouble(args[2]) * 1e6 / 8 / fps);
    // A key picture each second, four times as large as the others.
    int others = (int) Math.round(fps) - 1;
    int size = average * (others + 1) / (others + 4);
    Clip clip = Clip.of(HandMadeClip.ofGroup(others == 0 ? average : 4 * size, others, size));
    CameraSimulator.Builder builder = CameraSimulator.builder();
    for (int i = 0; i < Integer.parseInt(args[0]); i++) {
      builder.camera(new SimulatedCamera(name(i), clip, fps));
    }
    try (CameraSimulator simulator = builder.start()) {
      System.out.println(simulator.port());
      while (System.in.read() >= 0) {
        continue;
      }
    }
  }
}
