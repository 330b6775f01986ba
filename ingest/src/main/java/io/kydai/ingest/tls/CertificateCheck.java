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
 * Checks a camera's certificate by what it is trusted for, and names the fingerprint of one that is
 * refused, so that whoever knows the camera can give it as trusted.
 */
public final class CertificateCheck extends X509ExtendedTrustManager {
  private final TlsTrust trust;
  private final @Nullable X509ExtendedTrustManager authorities;

  /**
   * @throws GeneralSecurityException when the platform's own authorities cannot be read
   */
  CertificateCheck(TlsTrust trust) throws GeneralSecurityException {
    this.trust = trust;
    if (trust instanceof TlsTrust.Authorities own) {
      authorities = signedBy(store(own.certificates()));
    } else if (trust instanceof TlsTrust.Platform) {
      authorities = signedBy(null); // For Java, that is the platform's own.
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
      throw new IllegalStateException("nothing was read", e);
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

  /** The engine knows the host and was told to check that the certificate is for it. */
  @Override
  public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine)
      throws CertificateException {
    String found = fingerprint(chain[0]);
    if (trust instanceof TlsTrust.Fingerprint expected) {
      if (!found.equals(expected.sha256())) {
        throw new CertificateRefusedException(
            "shows another certificate than the one that is trusted; the SHA-256 fingerprint of"
                + " what it shows is "
                + found);
      }
      return;
    }
    try {
      requireNonNull(authorities).checkServerTrusted(chain, type, engine);
    } catch (CertificateException e) {
      throw new CertificateRefusedException(
          "shows a certificate that " + fault(e) + "; its SHA-256 fingerprint is " + found);
    }
  }

  private static String fault(CertificateException refusal) {
    for (Throwable at = refusal; at != null; at = at.getCause()) {
      if (at instanceof CertificateExpiredException) {
        return "has expired";
      }
      if (at instanceof CertificateNotYetValidException) {
        return "is not valid yet";
      }
    }
    // Java tells of a wrong host by an exception without a cause, and of a wrong signer by one
    // with.
    return refusal.getCause() == null
        ? "is for another host"
        : "is signed by nobody who is trusted";
  }

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
    throw new IllegalStateException("there is an engine always");
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket) {
    throw new IllegalStateException("there is an engine always");
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String type) {
    throw new IllegalStateException("cameras are servers");
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket) {
    throw new IllegalStateException("cameras are servers");
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine) {
    throw new IllegalStateException("cameras are servers");
  }

  @Override
  public X509Certificate[] getAcceptedIssuers() {
    return new X509Certificate[0];
  }
}
