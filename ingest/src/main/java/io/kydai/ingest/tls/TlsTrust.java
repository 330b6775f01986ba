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

/**
 * The certificates that are accepted from a camera at an {@code rtsps://} or {@code https://}
 * address.
 */
public sealed interface TlsTrust {
  /** The default when nothing is configured. */
  TlsTrust PLATFORM = new Platform();

  /**
   * Returns a TLS context for connections to cameras whose certificates are accepted by this. The
   * context offers every protocol and cipher suite that the Java platform enables (see {@code
   * jdk.tls.disabledAlgorithms}) and no shorter list, because cameras support few. The call reads
   * the platform's certificate authorities, which takes some milliseconds.
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

  /**
   * Accepts a certificate for the camera's host that is signed by an authority that the Java
   * platform trusts.
   */
  record Platform() implements TlsTrust {}

  /**
   * Accepts exactly one certificate, regardless of its signer, host name and validity period,
   * because many cameras use self-signed certificates.
   *
   * @param sha256 the SHA-256 fingerprint of the certificate's DER form, 64 hexadecimal digits,
   *     which may be separated by colons
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
   * Accepts a certificate for the camera's host that is signed by one of these authorities.
   *
   * @param certificates the authorities' certificates, 1 to {@value #MAX_CERTIFICATES}
   */
  record Authorities(List<X509Certificate> certificates) implements TlsTrust {
    static final int MAX_CERTIFICATES = 100;
    private static final int MAX_BYTES = 1024 * 1024;

    public Authorities {
      certificates = List.copyOf(certificates);
      if (certificates.isEmpty() || certificates.size() > MAX_CERTIFICATES) {
        throw new IllegalArgumentException(
            "1 to " + MAX_CERTIFICATES + " certificates are expected");
      }
    }

    /**
     * Parses certificates in PEM.
     *
     * @param pem the certificates, one after the other, at most 1 MiB
     * @throws IllegalArgumentException when there is no certificate, too many, or the bytes are
     *     malformed
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
