package io.kydai.ingest.tls;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/**
 * Checks a camera's certificate by the configured {@link TlsTrust}. The message of a refusal
 * contains the certificate's fingerprint, so that an operator who recognises the camera can
 * configure it as trusted.
 */
public final class CertificateCheck extends X509ExtendedTrustManager {
  private final TlsTrust trust;
  private final @Nullable X509ExtendedTrustManager authorities;

  /**
   * Creates a check.
   *
   * @throws GeneralSecurityException when the platform's certificate authorities cannot be read
   */
  CertificateCheck(TlsTrust trust) throws GeneralSecurityException {
    this.trust = trust;
    if (trust instanceof TlsTrust.Authorities trusted) {
      authorities = signedBy(store(trusted.certificates()));
    } else if (trust instanceof TlsTrust.Platform) {
      authorities = signedBy(null); // null stands for the platform's authorities.
    } else {
      authorities = null;
    }
  }

  private static KeyStore store(List<X509Certificate> certificates)
      throws GeneralSecurityException {
    try {
      KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
      store.load(null, null);
      for (X509Certificate certificate : certificates) {
        store.setCertificateEntry(Integer.toString(store.size()), certificate);
      }
      return store;
    } catch (IOException e) {
      throw new IllegalStateException("an empty key store is created without I/O", e);
    }
  }

  private static X509ExtendedTrustManager signedBy(@Nullable KeyStore store)
      throws GeneralSecurityException {
    TrustManagerFactory factory =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    factory.init(store);
    return Arrays.stream(factory.getTrustManagers())
        .filter(X509ExtendedTrustManager.class::isInstance)
        .map(X509ExtendedTrustManager.class::cast)
        .findFirst()
        .orElseThrow();
  }

  /**
   * Checks the certificate chain. The engine knows the host name and is configured to check that
   * the certificate is for it.
   *
   * @throws CertificateRefusedException when the certificate is not trusted
   */
  @Override
  public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine)
      throws CertificateException {
    String found = fingerprint(chain[0]);
    if (trust instanceof TlsTrust.Fingerprint expected) {
      if (!found.equals(expected.sha256())) {
        throw new CertificateRefusedException(
            "presents another certificate than the trusted one; the SHA-256 fingerprint of the"
                + " presented certificate is "
                + found);
      }
      return;
    }
    try {
      requireNonNull(authorities).checkServerTrusted(chain, type, engine);
    } catch (CertificateException e) {
      throw new CertificateRefusedException(
          "presents a certificate that " + describe(e) + "; its SHA-256 fingerprint is " + found);
    }
  }

  private static String describe(CertificateException refusal) {
    for (Throwable at = refusal; at != null; at = at.getCause()) {
      if (at instanceof CertificateExpiredException) {
        return "has expired";
      }
      if (at instanceof CertificateNotYetValidException) {
        return "is not valid yet";
      }
    }
    // Java reports a wrong host by an exception without a cause, and a wrong signer by one with.
    return refusal.getCause() == null
        ? "is for another host"
        : "is not signed by a trusted authority";
  }

  /** Returns the SHA-256 fingerprint of the certificate's DER form, 64 hexadecimal digits. */
  public static String fingerprint(X509Certificate certificate) throws CertificateException {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(certificate.getEncoded());
      return HexFormat.of().formatHex(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String type) {
    throw new IllegalStateException("Netty checks certificates with an engine");
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket) {
    throw new IllegalStateException("Netty checks certificates with an engine");
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String type) {
    throw new IllegalStateException("clients' certificates are not checked");
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket) {
    throw new IllegalStateException("clients' certificates are not checked");
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine) {
    throw new IllegalStateException("clients' certificates are not checked");
  }

  @Override
  public X509Certificate[] getAcceptedIssuers() {
    return new X509Certificate[0];
  }
}
