package io.kydai.ingest.tls;

import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import java.io.ByteArrayInputStream;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Locale;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;

/** By what a camera at an {@code rtsps://} or {@code https://} address proves who it is. */
public sealed interface TlsTrust {
  /** What is asked of a camera where nothing was said. */
  TlsTrust PLATFORM = new Platform();

  /**
   * For connections to cameras that prove who they are by this. They offer every protocol and
   * cipher suite that the Java platform enables (its {@code jdk.tls.disabledAlgorithms} holds), and
   * not a shorter list: cameras know few. Reads the platform's authorities, some milliseconds'
   * work.
   *
   * @throws IllegalStateException when the Java platform's TLS cannot be used
   */
  default SslContext context() {
    try {
      SSLParameters enabled = SSLContext.getDefault().getDefaultSSLParameters();
      return SslContextBuilder.forClient()
          .sslProvider(SslProvider.JDK)
          .protocols(enabled.getProtocols())
          .ciphers(List.of(enabled.getCipherSuites()))
          .trustManager(new CertificateCheck(this))
          .build();
    } catch (SSLException | GeneralSecurityException e) {
      throw new IllegalStateException("the Java platform's TLS cannot be used", e);
    }
  }

  /** A certificate for its host, signed by an authority that the Java platform knows. */
  record Platform() implements TlsTrust {}

  /**
   * This very certificate, whoever signed it, for whatever host and time: cameras make their own.
   *
   * @param sha256 of the certificate's DER form, 64 hexadecimal digits, which may be parted by
   *     colons
   */
  record Fingerprint(String sha256) implements TlsTrust {
    public Fingerprint {
      sha256 = sha256.replace(":", "").toLowerCase(Locale.ROOT);
      if (!sha256.matches("[0-9a-f]{64}")) {
        throw new IllegalArgumentException(
            "a SHA-256 fingerprint, 64 hexadecimal digits, is expected");
      }
    }
  }

  /**
   * A certificate for its host, signed by one of these.
   *
   * @param certificates 1 to {@value #MOST}
   */
  record Authorities(List<X509Certificate> certificates) implements TlsTrust {
    static final int MOST = 100;
    private static final int MAX_BYTES = 1024 * 1024;

    public Authorities {
      certificates = List.copyOf(certificates);
      if (certificates.isEmpty() || certificates.size() > MOST) {
        throw new IllegalArgumentException("1 to " + MOST + " certificates are expected");
      }
    }

    /**
     * Reads certificates.
     *
     * @param pem one behind the other, at most 1 MiB
     * @throws IllegalArgumentException when there is none, or what is there is none
     */
    public static Authorities of(byte[] pem) {
      if (pem.length > MAX_BYTES) {
        throw new IllegalArgumentException("at most 1 MiB of certificates is expected");
      }
      try {
        return new Authorities(
            CertificateFactory.getInstance("X.509")
                .generateCertificates(new ByteArrayInputStream(pem))
                .stream()
                .map(X509Certificate.class::cast)
                .toList());
      } catch (CertificateException e) {
        throw new IllegalArgumentException("certificates in PEM are expected", e);
      }
    }
  }
}
