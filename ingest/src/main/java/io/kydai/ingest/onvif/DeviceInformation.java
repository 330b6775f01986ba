package io.kydai.ingest.onvif;

/**
 * What a camera says it is. Texts are the camera's own, bounded and printable; empty when unsaid.
 */
public record DeviceInformation(String maker, String model, String firmware, String serial) {
  /** Of a camera that does not say what it is. */
  public static final DeviceInformation UNSAID = new DeviceInformation("", "", "", "");
}
