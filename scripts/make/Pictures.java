import java.awt.Image;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageOutputStream;

/**
 * Puts pictures that the browser tests took into {@code docs/}, as JPEG of at most 1366 pixels' width and
 * {@value #MOST_BYTES} bytes.
 */
final class Pictures {
  private static final int WIDEST = 1366;
  private static final int MOST_BYTES = 150_000;
  private static final float BEST_QUALITY = 0.85f;

  /** The pictures by the names that the tests give them. */
  private static final Map<String, String> OF_TESTS = new LinkedHashMap<>();

  static {
    OF_TESTS.put("docs-wall", "wall");
    OF_TESTS.put("docs-wall-alert", "wall-alert");
    OF_TESTS.put("docs-wall-lost", "wall-lost");
    OF_TESTS.put("docs-incident", "incident");
    OF_TESTS.put("scene-editor", "scene-editor");
    OF_TESTS.put("map-1366", "map");
    OF_TESTS.put("statistics-1366", "statistics");
    OF_TESTS.put("playback-1366", "playback");
    OF_TESTS.put("settings-webhooks", "webhooks");
    OF_TESTS.put("desk-routing", "routing");
    OF_TESTS.put("agency-one-390", "agency-phone");
  }

  private Pictures() {}

  public static void main(String[] folders) throws IOException {
    Path from = Path.of(folders[0]);
    Path to = Path.of(folders[1]);
    for (Map.Entry<String, String> one : OF_TESTS.entrySet()) {
      Path picture = from.resolve(one.getKey() + ".png");
      if (Files.exists(picture)) {
        write(ImageIO.read(picture.toFile()), to.resolve(one.getValue() + ".jpg"));
        System.out.println(one.getValue() + ".jpg");
      } else {
        System.err.println("there is no " + picture + ": did its test run?");
      }
    }
  }

  private static void write(BufferedImage picture, Path to) throws IOException {
    int width = Math.min(WIDEST, picture.getWidth());
    int height = picture.getHeight() * width / picture.getWidth();
    BufferedImage opaque = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    Image scaled = picture.getScaledInstance(width, height, Image.SCALE_SMOOTH);
    opaque.getGraphics().drawImage(scaled, 0, 0, null);
    byte[] jpeg = encoded(opaque, BEST_QUALITY);
    for (float quality = BEST_QUALITY; jpeg.length > MOST_BYTES; jpeg = encoded(opaque, quality)) {
      quality -= 0.05f;
    }
    Files.write(to, jpeg);
  }

  private static byte[] encoded(BufferedImage picture, float quality) throws IOException {
    ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
    ImageWriteParam how = writer.getDefaultWriteParam();
    how.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
    how.setCompressionQuality(quality);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ImageOutputStream out = ImageIO.createImageOutputStream(bytes)) {
      writer.setOutput(out);
      writer.write(null, new IIOImage(picture, null, null), how);
    } finally {
      writer.dispose();
    }
    return bytes.toByteArray();
  }
}
