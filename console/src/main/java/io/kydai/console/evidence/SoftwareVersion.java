package io.kydai.console.evidence;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;

/** The version of this program; a test holds it to that of the build. */
public final class SoftwareVersion {
  private SoftwareVersion() {}

  /** Returns the version, such as {@code 0.1.0}. */
  public static String of() {
    try (InputStream in =
        requireNonNull(SoftwareVersion.class.getResourceAsStream("version.properties"))) {
      Properties properties = new Properties();
      properties.load(in);
      return requireNonNull(properties.getProperty("version"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
