package io.kydai.ingest.simulator;

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

/** What a port with TLS shows its clients. */
record Tls(SslContextBuilder server, X509Certificate certificate) {
  static Tls selfSigned(String host) {
    SelfSigned made = SelfSigned.of(host);
    return new Tls(SslContextBuilder.forServer(made.key(), made.certificate()), made.certificate());
  }

  /**
   * Makes the port's context.
   *
   * @param suites the only ones that it speaks, by their Java names; what the platform has when it
   *     is empty
   * @throws IllegalArgumentException when the platform has none of that name
   */
  SslContext context(List<String> suites) {
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
   * @param certificate a chain in PEM, the camera's own certificate first
   * @param key its PKCS #8 key in PEM
   * @throws IllegalArgumentException when they cannot be read or do not belong together
   */
  static Tls pem(Path certificate, Path key) {
    try (InputStream in = Files.newInputStream(certificate)) {
      X509Certificate own =
          (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(in);
      SslContextBuilder server = SslContextBuilder.forServer(certificate.toFile(), key.toFile());
      server.sslProvider(SslProvider.JDK).build(); // Finds out whether they belong together.
      return new Tls(server, own);
    } catch (IOException | CertificateException e) {
      throw new IllegalArgumentException(
          certificate + " and " + key + " are no certificate and its key in PEM", e);
    }
  }
}
