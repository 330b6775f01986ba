package io.kydai.ingest.tls;

import io.netty.channel.ChannelPipeline;
import io.netty.handler.ssl.SslHandler;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import javax.net.ssl.SSLEngine;

/**
 * Describes what a connection offered in its TLS handshake, for the message about a camera that
 * accepted none of it.
 */
final class TlsOffer {
  private static final String SEPARATOR = "_WITH_";

  private TlsOffer() {}

  /**
   * Returns the protocols and cipher suites; empty when the connection has no TLS. Suites are named
   * without their common parts: {@code ECDHE_RSA with AES_128_GCM_SHA256} is {@code
   * TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256}.
   */
  static Optional<String> of(ChannelPipeline pipeline) {
    return Optional.ofNullable(pipeline.get(SslHandler.class)).map(tls -> text(tls.engine()));
  }

  private static String text(SSLEngine engine) {
    return String.join(" and ", new TreeSet<>(List.of(engine.getEnabledProtocols())))
        + " with "
        + text(engine.getEnabledCipherSuites());
  }

  /** Returns the suites as text. Key exchanges with the same ciphers are listed together. */
  static String text(String... suites) {
    Map<String, TreeSet<String>> ciphers = new TreeMap<>();
    Arrays.stream(suites)
        .filter(suite -> !suite.endsWith("_SCSV"))
        .map(suite -> suite.replaceFirst("^TLS_", ""))
        .forEach(
            suite -> {
              int end = suite.indexOf(SEPARATOR);
              ciphers
                  .computeIfAbsent(end < 0 ? "" : suite.substring(0, end), key -> new TreeSet<>())
                  .add(end < 0 ? suite : suite.substring(end + SEPARATOR.length()));
            });
    Map<TreeSet<String>, String> exchanges = new LinkedHashMap<>();
    ciphers.forEach((exchange, names) -> exchanges.merge(names, exchange, (a, b) -> a + "/" + b));
    return exchanges.entrySet().stream()
        .map(
            entry ->
                (entry.getValue().isEmpty() ? "" : entry.getValue() + " with ")
                    + String.join(", ", entry.getKey()))
        .collect(Collectors.joining("; "));
  }
}
