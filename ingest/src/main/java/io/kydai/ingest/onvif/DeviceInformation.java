package io.kydai.ingest.onvif;

/**
 * The maker, model, firmware version and serial number that a camera reports
 * (GetDeviceInformation). The texts are bounded and printable, and empty when the camera does not
 * report them.
 */
public record DeviceInformation(String maker, String model, String firmware, String serial) {
  /** The information of a camera that reports none. */
  public static final DeviceInformation UNKNOWN = new DeviceInformation("", "", "", "");
}
