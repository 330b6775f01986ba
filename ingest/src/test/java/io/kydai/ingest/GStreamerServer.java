package io.kydai.ingest;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * An RTSP server that is not ours: GStreamer's, as a process of its own, playing one file to each
 * client from the beginning. Needs {@link #PACKAGES}; tests skip where they are missing.
 */
public final class GStreamerServer implements AutoCloseable {
  /** Debian's names of what this server needs. */
  public static final String PACKAGES =
      "python3-gi gir1.2-gst-rtsp-server-1.0 gstreamer1.0-plugins-base gstreamer1.0-plugins-good"
          + " gstreamer1.0-plugins-bad";

  private static final String PYTHON = "/usr/bin/python3";

  private final Process process;
  private final int port;

  private GStreamerServer(Process process, int port) {
    this.process = process;
    this.port = port;
  }

  /** Skips the calling test where GStreamer's server or FFmpeg's programs are not installed. */
  public static void assumeInstalled() {
    assumeTrue(
        succeeds(
            PYTHON,
            "-c",
            "import gi; gi.require_version('GstRtspServer', '1.0');"
                + " from gi.repository import GstRtspServer"),
        "needs Debian packages " + PACKAGES);
    assumeTrue(succeeds("ffmpeg", "-version"), "needs Debian package ffmpeg");
  }

  /** Skips the calling test where GLib, and so GStreamer's server, has no TLS. */
  public static void assumeEncrypts() {
    assumeTrue(
        succeeds(
            PYTHON,
            "-c",
            "import sys; from gi.repository import Gio;"
                + " sys.exit(not Gio.TlsBackend.get_default().supports_tls())"),
        "needs Debian package glib-networking");
  }

  private static boolean succeeds(String... command) {
    try {
      Process process = start(List.of(command));
      try (InputStream output = process.getInputStream()) {
        output.readAllBytes();
      }
      return process.waitFor() == 0;
    } catch (IOException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /**
   * Encodes FFmpeg's moving test picture, 320x240 at 25 pictures per second, without B-pictures, a
   * key frame each second.
   */
  public static void encode(Path file, int pictures) throws IOException, InterruptedException {
    run(
        "ffmpeg",
        "-v",
        "error",
        "-y",
        "-f",
        "lavfi",
        "-i",
        "testsrc=size=320x240:rate=25",
        "-frames:v",
        Integer.toString(pictures),
        "-c:v",
        "libx264",
        "-preset",
        "ultrafast",
        "-threads",
        "1",
        "-bf",
        "0",
        "-g",
        "25",
        "-pix_fmt",
        "yuv420p",
        file.toString());
  }

  /** Runs a program to its end; fails with what it printed. */
  public static void run(String... command) throws IOException, InterruptedException {
    Process process = start(List.of(command));
    String printed;
    try (InputStream output = process.getInputStream()) {
      printed = new String(output.readAllBytes(), StandardCharsets.UTF_8);
    }
    if (process.waitFor() != 0) {
      throw new IOException(command[0] + " failed: " + printed);
    }
  }

  /**
   * Starts a server and waits until it listens.
   *
   * @param file H.264 in MP4
   * @param port 0 for any free one
   * @param more nothing, or user, password and {@code basic} or {@code digest}; {@code
   *     --certificate} and a PEM file for TLS; {@code --only} and {@code udp} or {@code tcp};
   *     {@code --sound} for a tone as a second track, and {@code aac} behind it for that of the
   *     file; {@code --also} and a file, as often as one likes, for streams beside {@link #url}:
   *     with 1, 2... behind it
   */
  public static GStreamerServer start(Path file, int port, String... more) throws IOException {
    Path script = Files.createTempFile("gstreamer_server", ".py");
    try (InputStream source = GStreamerServer.class.getResourceAsStream("/gstreamer_server.py")) {
      Files.copy(source, script, StandardCopyOption.REPLACE_EXISTING);
    }
    List<String> command =
        new ArrayList<>(
            List.of(PYTHON, script.toString(), file.toString(), Integer.toString(port)));
    command.addAll(List.of(more));
    Process process = start(command);
    BufferedReader output =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    StringBuilder printed = new StringBuilder();
    for (String line = output.readLine(); line != null; line = output.readLine()) {
      if (line.startsWith("PORT ")) {
        Files.delete(script);
        return new GStreamerServer(process, Integer.parseInt(line.substring(5)));
      }
      printed.append(line).append('\n');
    }
    process.destroyForcibly();
    throw new IOException("GStreamer's server did not start: " + printed);
  }

  private static Process start(List<String> command) throws IOException {
    return new ProcessBuilder(command).redirectErrorStream(true).start();
  }

  public int port() {
    return port;
  }

  /** The address of the first file's stream. */
  public String url() {
    return "rtsp://127.0.0.1:" + port + "/stream";
  }

  /** Kills the process, as a power cut would, and waits until it is gone. */
  @Override
  public void close() {
    process.destroyForcibly();
    try {
      if (!process.waitFor(10, TimeUnit.SECONDS)) {
        throw new IllegalStateException("GStreamer's server does not end");
      }
      process.getInputStream().close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
