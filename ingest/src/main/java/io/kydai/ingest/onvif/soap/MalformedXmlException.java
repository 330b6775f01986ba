package io.kydai.ingest.onvif.soap;

import static java.util.Objects.requireNonNull;

/**
 * Thrown when bytes are not acceptable XML or SOAP. The message continues the sentence "the camera
 * …".
 */
public final class MalformedXmlException extends Exception {
  private static final long serialVersionUID = 1L;

  MalformedXmlException(String message) {
    super(message);
  }

  @Override
  public String getMessage() {
    return requireNonNull(super.getMessage());
  }
}
