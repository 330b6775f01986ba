package io.kydai.ingest.simulator;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageTypeSpecifier;
import javax.imageio.ImageWriter;
import javax.imageio.metadata.IIOMetadata;
import javax.imageio.metadata.IIOMetadataNode;
import javax.imageio.stream.ImageOutputStream;

/** JPEG pictures such as Debian's FFmpeg does not write. */
public final class JpegPictures {
  private JpegPictures() {}

  /** A stream of pictures of 640x480, chroma halved both ways, a restart marker per four blocks. */
  public static byte[] withRestartMarkers(int pictures) throws IOException {
    ByteArrayOutputStream stream = new ByteArrayOutputStream();
    for (int i = 0; i < pictures; i++) {
      BufferedImage image = new BufferedImage(640, 480, BufferedImage.TYPE_3BYTE_BGR);
      Graphics2D graphics = image.createGraphics();
      graphics.setColor(Color.ORANGE);
      graphics.fillOval(20 * i, 10 * i, 150, 120);
      graphics.dispose();
      stream.writeBytes(withRestartMarkers(image));
    }
    return stream.toByteArray();
  }

  private static byte[] withRestartMarkers(BufferedImage image) throws IOException {
    ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
    IIOMetadata metadata =
        writer.getDefaultImageMetadata(ImageTypeSpecifier.createFromRenderedImage(image), null);
    IIOMetadataNode root = new IIOMetadataNode(metadata.getNativeMetadataFormatName());
    root.appendChild(new IIOMetadataNode("JPEGvariety"));
    IIOMetadataNode markers = new IIOMetadataNode("markerSequence");
    IIOMetadataNode interval = new IIOMetadataNode("dri");
    interval.setAttribute("interval", "4");
    markers.appendChild(interval);
    root.appendChild(markers);
    metadata.mergeTree(metadata.getNativeMetadataFormatName(), root);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ImageOutputStream out = ImageIO.createImageOutputStream(bytes)) {
      writer.setOutput(out);
      writer.write(new IIOImage(image, null, metadata));
    } finally {
      writer.dispose();
    }
    return bytes.toByteArray();
  }
}
