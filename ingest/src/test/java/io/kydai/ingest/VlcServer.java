package io.kydai.ingest;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Another RTSP server that is not ours: VLC's own, as a process, playing one file to all clients
 * again and again. It speaks UDP only. Needs {@link #PACKAGES}; tests skip where they are missing.
 */
final class VlcServer implements AutoCloseable {
  /** Debian's names of what this server needs. */
  static final String PACKAGES = "vlc-bin vlc-plugin-base";

  private static final Path PROGRAM = Path.of("/usr/bin/cvlc");

  private final Process process;
  private final int port;

  private VlcServer(Process process, int port) {
    this.process = process;
    this.port = port;
  }

  static void assumeInstalled() {
    assumeTrue(Files.isExecutable(PROGRAM), "needs Debian packages " + PACKAGES);
  }

  /**
   * Starts a server.
   *
   * @param file in a folder of its own, which everybody is allowed to read then: VLC refuses to be
   *     root
   */
  static VlcServer start(Path file) throws IOException {
    Files.setPosixFilePermissions(file.getParent(), PosixFilePermissions.fromString("rwxr-xr-x"));
    int port;
    try (ServerSocket free = new ServerSocket(0)) {
      port = free.getLocalPort();
    }
    List<String> command = new ArrayList<>();
    if (System.getProperty("user.name").equals("root")) {
      command.addAll(
          List.of("setpriv", "--reuid=nobody", "--regid=nogroup", "--clear-groups", "env"));
      command.add("HOME=" + file.getParent());
    }
    command.addAll(
        List.of(PROGRAM.toString(), "-I", "dummy", "--no-audio", "--loop", file.toString()));
    command.addAll(
        List.of("--sout", "#rtp{sdp=rtsp://127.0.0.1:" + port + "/stream}", "--sout-keep"));
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    return new VlcServer(process, port);
  }

  /** The one stream's address; it may be some moments until it is served. */
  String url() {
    return "rtsp://127.0.0.1:" + port + "/stream";
  }

  @Override
  public void close() {
    process.destroyForcibly();
    try {
      if (!process.waitFor(10, TimeUnit.SECONDS)) {
        throw new IllegalStateException("VLC does not end");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
