package io.kydai.console.users.factor;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.zxing.EncodeHintType;
import com.google.zxing.WriterException;
import com.google.zxing.qrcode.decoder.ErrorCorrectionLevel;
import com.google.zxing.qrcode.encoder.ByteMatrix;
import com.google.zxing.qrcode.encoder.Encoder;
import java.util.Map;

/** Draws a text as a QR code (ISO/IEC 18004). */
public final class QrCode {
  /** Width of the light frame around the code in modules, as the standard asks for. */
  private static final int QUIET_ZONE = 4;

  private static final int LARGEST = 1000;

  private QrCode() {}

  /**
   * Returns a QR code with error correction of level M as an SVG document: black on white, one unit
   * for each module, without a size of its own.
   *
   * @throws IllegalArgumentException when the text has more than 1000 bytes
   */
  public static String svg(String text) {
    if (text.getBytes(UTF_8).length > LARGEST) {
      throw new IllegalArgumentException("a QR code may hold " + LARGEST + " bytes");
    }
    ByteMatrix modules = modules(text);
    int size = modules.getWidth() + 2 * QUIET_ZONE;
    StringBuilder path = new StringBuilder();
    for (int y = 0; y < modules.getHeight(); y++) {
      for (int x = 0; x < modules.getWidth(); x++) {
        if (modules.get(x, y) == 1) {
          path.append('M').append(x + QUIET_ZONE).append(' ').append(y + QUIET_ZONE);
          path.append("h1v1h-1z");
        }
      }
    }
    return ("<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %1$d %1$d\""
            + " shape-rendering=\"crispEdges\"><path fill=\"#fff\" d=\"M0 0h%1$dv%1$dh-%1$dz\"/>"
            + "<path d=\"%2$s\"/></svg>")
        .formatted(size, path);
  }

  private static ByteMatrix modules(String text) {
    try {
      return Encoder.encode(
              text, ErrorCorrectionLevel.M, Map.of(EncodeHintType.CHARACTER_SET, UTF_8.name()))
          .getMatrix();
    } catch (WriterException e) {
      throw new IllegalArgumentException("the text does not fit into a QR code", e);
    }
  }
}
