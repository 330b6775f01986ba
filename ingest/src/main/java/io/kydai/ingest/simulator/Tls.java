package io.kydai.ingest.simulator;

import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLException;

/** What a port with TLS shows its clients. */
record Tls(SslContext context, X509Certificate certificate) {
  static Tls selfSigned(String host) {
    SelfSigned made = SelfSigned.of(host);
    try {
      SslContextBuilder server = SslContextBuilder.forServer(made.key(), made.certificate());
      return new Tls(server.sslProvider(SslProvider.JDK).build(), made.certificate());
    } catch (SSLException e) {
      throw new IllegalStateException("this Java platform has no TLS", e);
    }
  }

  /**
   * @param certificate a chain in PEM, the camera's own certificate first
   * @param key its PKCS #8 key in PEM
   * @throws IllegalArgumentException when they cannot be read or do not belong together
   */
  static Tls pem(Path certificate, Path key) {
    try (InputStream in = Files.newInputStream(certificate)) {
      X509Certificate own =
          (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(in);
      SslContextBuilder server = SslContextBuilder.forServer(certificate.toFile(), key.toFile());
      return new Tls(server.sslProvider(SslProvider.JDK).build(), own);
    } catch (IOException | CertificateException e) {
      throw new IllegalArgumentException(
          certificate + " and " + key + " are no certificate and its key in PEM", e);
    }
  }
}
