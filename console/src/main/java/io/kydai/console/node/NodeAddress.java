package io.kydai.console.node;

import io.kydai.console.config.HttpConfig;
import io.kydai.console.config.ServerTls;
import io.kydai.console.http.tls.CertificateFiles;
import io.kydai.console.http.tls.InvalidCertificateException;
import io.kydai.console.http.tls.SelfSignedCertificate;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.function.Consumer;

/** Where the console listens, and with which certificate. */
final class NodeAddress {
  private NodeAddress() {}

  /**
   * Refuses an address at which other machines would send passwords without TLS.
   *
   * @throws StartException with a remedy
   */
  static void check(HttpConfig http) {
    if (http.tls() == null && http.behindProxy().isEmpty() && !isLoopback(http.host())) {
      throw new StartException(
          "http.host is "
              + http.host()
              + ", which other machines reach, and there is no TLS: passwords would cross the"
              + " network in the clear. Set http.tls (a certificate, or self-signed), or"
              + " http.behind-proxy (the addresses of the proxy that speaks TLS), or bind"
              + " 127.0.0.1; docs/operations.md shows each.");
    }
  }

  /** A name that is not known is left to binding, which fails with a message of its own. */
  static boolean isLoopback(String host) {
    try {
      return InetAddress.getByName(host).isLoopbackAddress();
    } catch (UnknownHostException e) {
      return true;
    }
  }

  /**
   * Returns the settings with the certificate's files, which are read once to see that they can be
   * used; makes a self-signed certificate where one is wanted.
   *
   * @param folder of a self-signed certificate
   * @param progress receives a self-signed certificate's fingerprint
   * @throws StartException when the certificate cannot be used
   */
  static HttpConfig withCertificate(
      HttpConfig http, Path folder, Clock clock, Consumer<String> progress) {
    ServerTls tls = http.tls();
    if (tls == null) {
      return http;
    }
    try {
      if (tls instanceof ServerTls.Files files) {
        new CertificateFiles(files);
        return http;
      }
      ServerTls.Files made = SelfSignedCertificate.in(folder, names(http), clock);
      progress.accept(
          "The certificate is self-signed; compare its SHA-256 fingerprint when a browser warns:");
      progress.accept("  " + new CertificateFiles(made).first().fingerprint());
      return http.withTls(made);
    } catch (InvalidCertificateException e) {
      throw new StartException("http.tls: " + e.getMessage() + ".", e);
    }
  }

  /** The names under which clients may reach the node. */
  private static Set<String> names(HttpConfig http) {
    Set<String> names = new LinkedHashSet<>(Set.of("localhost", "127.0.0.1", "::1"));
    if (!isAnyAddress(http.host())) {
      names.add(http.host());
    }
    URI url = http.publicUrl();
    if (url != null && url.getHost() != null) {
      names.add(unbracketed(url.getHost()));
    }
    try {
      names.add(InetAddress.getLocalHost().getHostName());
    } catch (UnknownHostException e) {
      // The machine has no name that resolves: the others do.
      return names;
    }
    return names;
  }

  private static boolean isAnyAddress(String host) {
    try {
      return InetAddress.getByName(host).isAnyLocalAddress();
    } catch (UnknownHostException e) {
      return false;
    }
  }

  private static String unbracketed(String host) {
    return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
  }

  /** Returns the address of the console with the port that was bound. */
  static URI of(HttpConfig http, int port) {
    String host = http.host().contains(":") ? "[" + http.host() + "]" : http.host();
    return URI.create((http.tls() == null ? "http" : "https") + "://" + host + ":" + port + "/");
  }
}
