package io.kydai.models.unpack;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.JarURLConnection;
import java.net.URL;
import java.net.URLConnection;
import java.util.zip.CRC32;
import java.util.zip.CheckedInputStream;

/**
 * Computes the CRC-32 of a resource, which serves as the version of a resource without a version
 * number. A jar's directory holds the CRC-32 of each entry.
 */
final class Checksum {
  private Checksum() {}

  /** Returns the CRC-32 as eight hexadecimal digits. */
  static String of(URL resource) throws IOException {
    URLConnection connection = resource.openConnection();
    if (connection instanceof JarURLConnection jar && jar.getJarEntry().getCrc() >= 0) {
      return text(jar.getJarEntry().getCrc());
    }
    CRC32 sum = new CRC32();
    try (InputStream in = new CheckedInputStream(connection.getInputStream(), sum)) {
      in.transferTo(OutputStream.nullOutputStream());
    }
    return text(sum.getValue());
  }

  private static String text(long crc) {
    return "%08x".formatted(crc);
  }
}
