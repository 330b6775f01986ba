package io.kydai.ingest.tls;

import static java.util.Objects.requireNonNull;

import java.security.cert.CertificateException;

/**
 * Thrown when a camera's certificate is not trusted. The message continues the sentence "the camera
 * …".
 */
public final class CertificateRefusedException extends CertificateException {
  private static final long serialVersionUID = 1L;

  CertificateRefusedException(String message) {
    super(message);
  }

  @Override
  public String getMessage() {
    return requireNonNull(super.getMessage());
  }
}
