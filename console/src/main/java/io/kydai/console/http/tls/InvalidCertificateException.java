package io.kydai.console.http.tls;

/**
 * The exception for a certificate or private key that cannot be used; its message names the file
 * and what to do.
 */
public final class InvalidCertificateException extends RuntimeException {
  private static final long serialVersionUID = 1;

  InvalidCertificateException(String message) {
    super(message);
  }

  InvalidCertificateException(String message, Throwable cause) {
    super(message, cause);
  }
}
