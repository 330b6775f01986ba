package io.kydai.console.bench;

import io.kydai.console.config.ServerTls;
import io.kydai.console.http.tls.SelfSignedCertificate;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Debian's nginx with one worker, as the measure of how cheaply bytes can be sent: a long file at
 * the pace of a stream, and small files as parts, also over TLS 1.3 with AES-128-GCM.
 */
final class Nginx implements LiveTurns.Watching, AutoCloseable {
  static final String PACKAGE = "nginx-light";
  static final int PART_BYTES = 60_000;
  private static final Path PROGRAM = Path.of("/usr/sbin/nginx");
  private static final int BYTES_PER_SECOND = 250_000;
  private static final int FILE_SECONDS = 120;
  private static final int PLAYLIST_BYTES = 6_000;

  private final Process process;
  private final int port;
  private final int tlsPort;

  private Nginx(Process process, int port, int tlsPort) {
    this.process = process;
    this.port = port;
    this.tlsPort = tlsPort;
  }

  private static int free() throws IOException {
    try (ServerSocket free = new ServerSocket(0)) {
      return free.getLocalPort();
    }
  }

  /** Starts it; empty where it is not installed. */
  static Optional<Nginx> start(Path folder) throws IOException, InterruptedException {
    if (!Files.isExecutable(PROGRAM)) {
      return Optional.empty();
    }
    Path root = Files.createDirectories(folder.resolve("nginx"));
    Files.write(root.resolve("stream"), new byte[BYTES_PER_SECOND * FILE_SECONDS]);
    Files.write(root.resolve("part.mp4"), new byte[PART_BYTES]);
    Files.write(root.resolve("live.m3u8"), new byte[PLAYLIST_BYTES]);
    int port = free();
    int tlsPort = free();
    ServerTls.Files tls =
        SelfSignedCertificate.in(root.resolve("tls"), List.of("127.0.0.1"), Clock.systemUTC());
    Path settings =
        Files.writeString(
            root.resolve("nginx.conf"),
            """
            worker_processes 1;
            pid %1$s/pid;
            error_log stderr warn;
            events { worker_connections 4096; }
            http {
              access_log off;
              sendfile on;
              tcp_nodelay on;
              keepalive_requests 1000000;
              client_body_temp_path %1$s/a; proxy_temp_path %1$s/b; fastcgi_temp_path %1$s/c;
              uwsgi_temp_path %1$s/d; scgi_temp_path %1$s/e;
              server {
                listen 127.0.0.1:%2$d;
                listen 127.0.0.1:%5$d ssl;
                ssl_certificate %6$s;
                ssl_certificate_key %7$s;
                ssl_protocols TLSv1.3;
                # As SRTP has it.
                ssl_conf_command Ciphersuites TLS_AES_128_GCM_SHA256;
                root %1$s;
                location = /stream { limit_rate %3$d; }
              }
            }
            %4$s
            """
                .formatted(
                    root,
                    port,
                    BYTES_PER_SECOND,
                    System.getProperty("user.name").equals("root") ? "user root;" : "",
                    tlsPort,
                    tls.certificate(),
                    tls.key()));
    Process process =
        new ProcessBuilder(PROGRAM.toString(), "-c", settings.toString(), "-g", "daemon off;")
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.INHERIT)
            .start();
    for (int i = 0; ; i++) {
      try {
        new Socket(InetAddress.getLoopbackAddress(), port).close();
        return Optional.of(new Nginx(process, port, tlsPort));
      } catch (IOException e) {
        if (i == 100) {
          process.destroy();
          throw e;
        }
        TimeUnit.MILLISECONDS.sleep(50);
      }
    }
  }

  int port() {
    return port;
  }

  /** The same over TLS. */
  int tlsPort() {
    return tlsPort;
  }

  private List<Long> processes() {
    return Stream.concat(Stream.of(process.pid()), process.descendants().map(ProcessHandle::pid))
        .toList();
  }

  /** By the kernel's ticks of 10 ms. */
  @Override
  public long cpu() throws IOException {
    long ticks = 0;
    for (long pid : processes()) {
      String stat = Files.readString(Path.of("/proc/" + pid + "/stat"));
      String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
      ticks += Long.parseLong(fields[11]) + Long.parseLong(fields[12]);
    }
    return ticks * 10_000_000L;
  }

  @Override
  public long memory() throws IOException {
    long kib = 0;
    for (long pid : processes()) {
      String status = Files.readString(Path.of("/proc/" + pid + "/status"));
      kib += Long.parseLong(status.replaceAll("(?s).*VmRSS:\\s+(\\d+) kB.*", "$1"));
    }
    return kib * 1024;
  }

  @Override
  public void close() {
    process.destroy();
    process.onExit().join();
  }
}
