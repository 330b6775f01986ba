package io.kydai.streaming.bench;

import ai.onnxruntime.OrtException;
import io.kydai.models.detection.InputSize;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The way that others take: an {@code ffmpeg} process for each camera decodes, drops pictures and
 * scales the rest into a pipe; an inference process reads them. Here ONNX Runtime runs the same
 * network in single precision on what comes out, and nothing is tracked.
 */
final class ProcessPerCamera {
  private static final Pattern TIMES = Pattern.compile("utime=([0-9.]+)s stime=([0-9.]+)s");
  private static final int WARM_UP = 10;

  private ProcessPerCamera() {}

  /**
   * Measures one camera.
   *
   * @param video of 25 pictures per second, or a stream that tells no times, which counts as such
   * @param fps how many of them per second go through the network
   * @param most pictures, of which the first {@value #WARM_UP} are not counted
   * @return processor time of both processes, 1e-9 s per picture that went through the network;
   *     empty where there is no {@code ffmpeg}, or the video has too few pictures
   */
  static Optional<Double> nanosPerPicture(
      Path video, InputSize input, RawNetwork network, int fps, int most)
      throws IOException, OrtException {
    Path report = Files.createTempFile("ffmpeg", ".txt");
    try {
      // Starting up is paid once in a camera's life.
      double start = run(video, input, fps, 1, report, in -> {});
      long[] inference = new long[2];
      double all =
          run(
              video,
              input,
              fps,
              most,
              report,
              in -> {
                long before = CpuClock.now();
                network.run(in);
                if (++inference[0] > WARM_UP) {
                  inference[1] += CpuClock.now() - before;
                }
              });
      long counted = inference[0] - WARM_UP;
      return counted < 1
          ? Optional.empty()
          : Optional.of((all - start) * 1e9 / (inference[0] - 1) + (double) inference[1] / counted);
    } catch (NoFfmpegException e) {
      return Optional.empty();
    } finally {
      Files.delete(report);
    }
  }

  /** Takes a picture's pixels. */
  @FunctionalInterface
  private interface Pictures {
    void take(byte[] bgr) throws OrtException;
  }

  private static final class NoFfmpegException extends IOException {
    private static final long serialVersionUID = 1;

    NoFfmpegException(IOException cause) {
      super(cause);
    }
  }

  /** Returns the seconds of processor time that {@code ffmpeg} says it used. */
  private static double run(
      Path video, InputSize input, int fps, int most, Path report, Pictures pictures)
      throws IOException, OrtException {
    String filter = "fps=" + fps + ",scale=" + input.width() + ":" + input.height();
    List<String> command =
        List.of(
            "ffmpeg",
            "-nostdin",
            "-hide_banner",
            "-benchmark",
            "-threads",
            "1",
            "-i",
            "file:" + video.toAbsolutePath(),
            "-vf",
            filter,
            "-frames:v",
            Integer.toString(most),
            "-pix_fmt",
            "bgr24",
            "-f",
            "rawvideo",
            "-");
    Process process;
    try {
      process = new ProcessBuilder(command).redirectError(report.toFile()).start();
    } catch (IOException e) {
      throw new NoFfmpegException(e);
    }
    int size = 3 * input.width() * input.height();
    try (InputStream in = process.getInputStream()) {
      for (byte[] bgr = in.readNBytes(size); bgr.length == size; bgr = in.readNBytes(size)) {
        pictures.take(bgr);
      }
    } finally {
      process.onExit().join();
    }
    String said = Files.readString(report, StandardCharsets.UTF_8);
    Matcher times = TIMES.matcher(said);
    if (process.exitValue() != 0 || !times.find()) {
      throw new IOException("ffmpeg failed: " + said.substring(Math.max(0, said.length() - 500)));
    }
    return Double.parseDouble(times.group(1)) + Double.parseDouble(times.group(2));
  }
}
