package io.kydai.ingest.onvif;

import static java.util.Objects.requireNonNull;

/** Why bytes are not read as XML. The message continues "the camera …". */
final class MalformedXmlException extends Exception {
  private static final long serialVersionUID = 1L;

  MalformedXmlException(String message) {
    super(message);
  }

  @Override
  public String getMessage() {
    return requireNonNull(super.getMessage());
  }
}
