package io.kydai.ingest.simulator.tls;

import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.NoSuchAlgorithmException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;

/** The TLS server configuration of a port, with its certificate. */
public record Tls(SslContextBuilder server, X509Certificate certificate) {
  /** Creates a configuration with a new self-signed certificate. */
  public static Tls selfSigned(String host) {
    SelfSigned made = SelfSigned.of(host);
    return new Tls(SslContextBuilder.forServer(made.key(), made.certificate()), made.certificate());
  }

  /**
   * Returns the TLS context.
   *
   * @param suites the Java names of the only cipher suites to offer; empty for the platform's
   *     defaults
   * @throws IllegalArgumentException when the platform does not know a suite
   */
  public SslContext context(List<String> suites) {
    try {
      String[] known = SSLContext.getDefault().getSupportedSSLParameters().getCipherSuites();
      if (!List.of(known).containsAll(suites)) {
        throw new IllegalArgumentException("this Java platform lacks a suite among " + suites);
      }
      SslContextBuilder own = server.sslProvider(SslProvider.JDK);
      return (suites.isEmpty() ? own : own.ciphers(suites)).build();
    } catch (SSLException | NoSuchAlgorithmException e) {
      throw new IllegalStateException("this Java platform has no TLS", e);
    }
  }

  /**
   * Reads a certificate and its key.
   *
   * @param certificate a certificate chain in PEM, the camera's own certificate first
   * @param key the PKCS #8 key in PEM
   * @throws IllegalArgumentException when the files cannot be read or do not belong together
   */
  public static Tls pem(Path certificate, Path key) {
    try (InputStream in = Files.newInputStream(certificate)) {
      X509Certificate own =
          (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(in);
      SslContextBuilder server = SslContextBuilder.forServer(certificate.toFile(), key.toFile());
      server.sslProvider(SslProvider.JDK).build(); // Fails when they do not belong together.
      return new Tls(server, own);
    } catch (IOException | CertificateException e) {
      throw new IllegalArgumentException(
          certificate + " and " + key + " are no certificate and its key in PEM", e);
    }
  }
}
