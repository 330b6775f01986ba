package io.kydai.console.http.rtsp;

import static java.util.Objects.requireNonNull;

import io.kydai.console.config.AddressRange;
import io.kydai.console.config.RtspConfig;
import io.kydai.console.config.ServerTls;
import io.kydai.console.http.tls.CertificateFiles;
import io.kydai.console.http.tls.ServerCertificate;
import io.kydai.ingest.concurrent.NamedThreadFactory;
import io.kydai.streaming.live.rtsp.RtspEntrance;
import io.kydai.streaming.live.rtsp.RtspListener;
import io.kydai.streaming.live.rtsp.RtspServer;
import io.micrometer.core.instrument.MeterRegistry;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import java.io.IOException;
import java.net.InetAddress;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The node's RTSP server as it is configured, from its creation to {@link #close}. It has the
 * console's certificate, and takes another when the files change.
 */
public final class RtspPorts implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(RtspPorts.class);
  private static final int WORKERS = 2;
  private static final int MOST_WAITING = 256;
  private static final long RENEWAL_SECONDS = 10;

  private final RtspServer server;
  private final ThreadPoolExecutor workers =
      new ThreadPoolExecutor(
          WORKERS,
          WORKERS,
          1,
          TimeUnit.MINUTES,
          new ArrayBlockingQueue<>(MOST_WAITING),
          NamedThreadFactory.of("rtsp-log-in"));
  private final ScheduledThreadPoolExecutor renewal =
      new ScheduledThreadPoolExecutor(1, NamedThreadFactory.of("rtsp-certificate"));
  private volatile @Nullable SslContext tls;
  private int port = -1;
  private int tlsPort = -1;

  /**
   * Begins to listen.
   *
   * @param certificate of the console; null where it has none, and then there is no RTSPS
   * @throws IOException when a port is taken
   */
  public RtspPorts(
      RtspConfig config,
      ServerTls.@Nullable Files certificate,
      RtspEntrance entrance,
      MeterRegistry metrics)
      throws IOException {
    server = new RtspServer(config.host(), config.udpPort(), entrance, workers, metrics);
    try {
      listen(config, certificate);
    } catch (IOException | RuntimeException e) {
      close();
      throw e;
    }
  }

  private void listen(RtspConfig config, ServerTls.@Nullable Files certificate) throws IOException {
    if (config.port() != null) {
      port =
          server.listen(
              new RtspListener(config.port(), null, client -> mayBePlain(config, client)));
    }
    if (config.tlsPort() != null && certificate != null) {
      CertificateFiles files = new CertificateFiles(certificate);
      tls = context(files.first());
      tlsPort =
          server.listen(
              new RtspListener(config.tlsPort(), () -> requireNonNull(tls), client -> true));
      renewal.scheduleWithFixedDelay(
          () -> files.changed().ifPresent(this::renew),
          RENEWAL_SECONDS,
          RENEWAL_SECONDS,
          TimeUnit.SECONDS);
    }
  }

  private static boolean mayBePlain(RtspConfig config, InetAddress client) {
    return client.isLoopbackAddress()
        || config.plainFrom().stream().anyMatch((AddressRange range) -> range.contains(client));
  }

  private static SslContext context(ServerCertificate certificate) throws SSLException {
    return SslContextBuilder.forServer(certificate.keyManager()).build();
  }

  /** New connections get the certificate; those that are open keep theirs. */
  private void renew(ServerCertificate certificate) {
    try {
      tls = context(certificate);
    } catch (SSLException e) {
      LOG.warn("RTSPS keeps its certificate: {}", e.toString());
    }
  }

  /** Returns the port without TLS; -1 where there is none. */
  public int port() {
    return port;
  }

  /** Returns the port with TLS; -1 where there is none. */
  public int tlsPort() {
    return tlsPort;
  }

  @Override
  public void close() {
    renewal.shutdownNow();
    server.close();
    workers.shutdownNow();
  }
}
