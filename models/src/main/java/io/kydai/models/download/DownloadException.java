package io.kydai.models.download;

/** A network could not be had; the message is one sentence that says what can be done. */
final class DownloadException extends RuntimeException {
  private static final long serialVersionUID = 1;

  DownloadException(String message) {
    super(message);
  }

  DownloadException(String message, Throwable cause) {
    super(message, cause);
  }
}
