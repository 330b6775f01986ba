package io.kydai.ingest.simulator;

import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The simulator on its own: {@code [--port N] NAME=FILE.h264[@FPS] …}. Ends with Ctrl-C. */
public final class Main {
  private static final Pattern CAMERA = Pattern.compile("([^=]+)=(.+?)(?:@([0-9.]+))?");

  private Main() {}

  public static void main(String[] args) throws InterruptedException {
    CameraSimulator.Builder builder = CameraSimulator.builder().port(8554);
    try {
      for (int i = 0; i < args.length; i++) {
        Matcher camera = CAMERA.matcher(args[i]);
        if (args[i].equals("--port") && i + 1 < args.length) {
          builder.port(Integer.parseInt(args[++i]));
        } else if (camera.matches()) {
          double fps = camera.group(3) == null ? 25 : Double.parseDouble(camera.group(3));
          Clip clip = Clip.load(Path.of(camera.group(2)));
          builder.camera(new SimulatedCamera(camera.group(1), clip, fps));
          System.out.println("/" + camera.group(1) + " plays " + clip.length() + " pictures");
        } else {
          throw new IllegalArgumentException("usage: [--port N] NAME=FILE.h264[@FPS] …");
        }
      }
      CameraSimulator simulator = builder.start();
      Runtime.getRuntime().addShutdownHook(new Thread(simulator::close));
      System.out.println("rtsp://127.0.0.1:" + simulator.port());
    } catch (IllegalArgumentException | IllegalStateException | java.io.UncheckedIOException e) {
      System.err.println(e.getMessage());
      System.exit(1);
    }
    new CountDownLatch(1).await();
  }
}
