package io.kydai.ingest.tls;

import java.security.cert.CertificateException;

/** The camera's certificate is not trusted. The message continues the sentence "the camera …". */
public final class CertificateRefusedException extends CertificateException {
  private static final long serialVersionUID = 1L;

  CertificateRefusedException(String message) {
    super(message);
  }
}
