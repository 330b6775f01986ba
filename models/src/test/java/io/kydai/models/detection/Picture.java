package io.kydai.models.detection;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import javax.imageio.ImageIO;

/** A decoded picture, and how it gets into a network's input. */
public final class Picture {
  private static final int GREY = 114;

  private final int width;
  private final int height;
  private final int[] rgb;

  private Picture(BufferedImage image) {
    width = image.getWidth();
    height = image.getHeight();
    rgb = image.getRGB(0, 0, width, height, null, 0, width);
  }

  public static Picture read(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      return new Picture(ImageIO.read(in));
    }
  }

  public static Picture resource(String name) throws IOException {
    try (InputStream in = Picture.class.getResourceAsStream(name)) {
      return new Picture(ImageIO.read(in));
    }
  }

  public int width() {
    return width;
  }

  public int height() {
    return height;
  }

  /** The whole input, whatever that does to the proportions. */
  public Letterbox stretched(InputSize input) {
    return new Letterbox(width, height, input, 0, 0, input.width(), input.height());
  }

  /** In proportion, in the left top corner, as YOLOX was trained. */
  Letterbox cornered(InputSize input) {
    Letterbox centred = Letterbox.fit(width, height, input);
    return new Letterbox(width, height, input, 0, 0, centred.width(), centred.height());
  }

  /** In proportion, in the middle, as the product does. */
  public Letterbox centred(InputSize input) {
    return Letterbox.fit(width, height, input);
  }

  /** The picture as it is: blue, green, red for each pixel. */
  public ByteBuffer bgr() {
    ByteBuffer bgr = ByteBuffer.allocateDirect(3 * rgb.length);
    for (int color : rgb) {
      bgr.put((byte) color).put((byte) (color >> 8)).put((byte) (color >> 16));
    }
    return bgr.flip();
  }

  /** Scales bilinearly between pixel centres (OpenCV's INTER_LINEAR), with grey around. */
  public ByteBuffer pixels(Letterbox place) {
    InputSize input = place.input();
    byte[] bgr = new byte[3 * input.width() * input.height()];
    Arrays.fill(bgr, (byte) GREY);
    for (int y = 0; y < place.height(); y++) {
      float sy = Math.max(0, (y + 0.5f) * height / place.height() - 0.5f);
      int y0 = Math.min(height - 1, (int) sy);
      int y1 = Math.min(height - 1, y0 + 1);
      for (int x = 0; x < place.width(); x++) {
        float sx = Math.max(0, (x + 0.5f) * width / place.width() - 0.5f);
        int x0 = Math.min(width - 1, (int) sx);
        int x1 = Math.min(width - 1, x0 + 1);
        int at = 3 * ((y + place.top()) * input.width() + x + place.left());
        for (int channel = 0; channel < 3; channel++) {
          float top = mix(at(x0, y0, channel), at(x1, y0, channel), sx - x0);
          float bottom = mix(at(x0, y1, channel), at(x1, y1, channel), sx - x0);
          bgr[at + channel] = (byte) Math.round(mix(top, bottom, sy - y0));
        }
      }
    }
    return ByteBuffer.allocateDirect(bgr.length).put(bgr).flip();
  }

  private static float mix(float a, float b, float share) {
    return a + (b - a) * share;
  }

  private int at(int x, int y, int channel) {
    return (rgb[y * width + x] >> (8 * channel)) & 0xff;
  }
}
