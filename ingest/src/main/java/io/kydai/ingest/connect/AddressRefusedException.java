package io.kydai.ingest.connect;

import java.io.IOException;

/** Thrown when a host's address is one that is not connected to: {@link CheckedAddresses}. */
public final class AddressRefusedException extends IOException {
  private static final long serialVersionUID = 1;

  AddressRefusedException() {
    super("is not connected to: its address is none that a camera has");
  }

  /** The message continues the sentence "the camera …" and names no address. */
  @Override
  public String getMessage() {
    return String.valueOf(super.getMessage());
  }
}
