package io.kydai.analytics.plates;

import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_BGR24;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_YUV420P;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_alloc;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_get_buffer;
import static org.bytedeco.ffmpeg.global.swscale.SWS_BILINEAR;
import static org.bytedeco.ffmpeg.global.swscale.sws_freeContext;
import static org.bytedeco.ffmpeg.global.swscale.sws_getContext;
import static org.bytedeco.ffmpeg.global.swscale.sws_scale;

import io.kydai.analytics.decode.DecodedFrame;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.awt.image.DataBufferByte;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.swscale.SwsContext;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.DoublePointer;
import org.bytedeco.javacpp.IntPointer;
import org.bytedeco.javacpp.PointerPointer;

/** Pictures of vehicles on a road, made of photographs or drawn, as frames. */
final class Drawn {
  static final int WIDTH = 1280;
  static final int HEIGHT = 720;

  private Drawn() {}

  /** A part of a photograph at another width. */
  static BufferedImage part(Path file, int left, int top, int width, int height, int toWidth) {
    try {
      BufferedImage whole = ImageIO.read(file.toFile());
      int toHeight = height * toWidth / width;
      BufferedImage part = new BufferedImage(toWidth, toHeight, BufferedImage.TYPE_3BYTE_BGR);
      Graphics2D graphics = smooth(part);
      graphics.drawImage(
          whole, 0, 0, toWidth, toHeight, left, top, left + width, top + height, null);
      graphics.dispose();
      return part;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The back of something with two wheels and, below its middle, a square plate of two lines. */
  static BufferedImage motorbike(String upper, String lower) {
    BufferedImage image = new BufferedImage(240, 360, BufferedImage.TYPE_3BYTE_BGR);
    Graphics2D graphics = smooth(image);
    graphics.setColor(new Color(52, 60, 70));
    graphics.fillRoundRect(20, 0, 200, 200, 60, 60);
    graphics.setColor(new Color(28, 28, 30));
    graphics.fillRoundRect(80, 180, 80, 180, 40, 40);
    graphics.setColor(new Color(235, 235, 235));
    graphics.fillRect(55, 190, 130, 96);
    graphics.setColor(new Color(20, 20, 20));
    graphics.setFont(new Font(Font.SANS_SERIF, Font.BOLD, 36));
    graphics.drawString(upper, 65, 230);
    graphics.drawString(lower, 62, 275);
    graphics.dispose();
    return image;
  }

  private static Graphics2D smooth(BufferedImage image) {
    Graphics2D graphics = image.createGraphics();
    graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
    graphics.setRenderingHint(
        RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BICUBIC);
    return graphics;
  }

  /** A grey road with something on it. */
  static BufferedImage road(BufferedImage vehicle, int left, int top) {
    BufferedImage road = new BufferedImage(WIDTH, HEIGHT, BufferedImage.TYPE_3BYTE_BGR);
    Graphics2D graphics = road.createGraphics();
    graphics.setColor(new Color(110, 112, 114));
    graphics.fillRect(0, 0, WIDTH, HEIGHT);
    graphics.setColor(new Color(190, 190, 185));
    for (int y = 0; y < HEIGHT; y += 120) {
      graphics.fillRect(150, y, 12, 60);
      graphics.fillRect(1100, y, 12, 60);
    }
    graphics.drawImage(vehicle, left, top, null);
    graphics.dispose();
    return road;
  }

  /** A decoder's frame of that picture, owned by the caller. */
  static DecodedFrame frame(BufferedImage picture, long mediaTime) {
    AVFrame frame = av_frame_alloc();
    frame.width(picture.getWidth());
    frame.height(picture.getHeight());
    frame.format(AV_PIX_FMT_YUV420P);
    av_frame_get_buffer(frame, 0);
    paint(picture, frame);
    return DecodedFrame.ofFile(frame, mediaTime);
  }

  /** Puts a picture into a frame of its size. */
  static void paint(BufferedImage picture, AVFrame frame) {
    byte[] bgr = ((DataBufferByte) picture.getRaster().getDataBuffer()).getData();
    SwsContext context =
        sws_getContext(
            picture.getWidth(),
            picture.getHeight(),
            AV_PIX_FMT_BGR24,
            frame.width(),
            frame.height(),
            AV_PIX_FMT_YUV420P,
            SWS_BILINEAR,
            null,
            null,
            (DoublePointer) null);
    try (BytePointer pixels = new BytePointer(bgr);
        PointerPointer<BytePointer> planes = new PointerPointer<>(1);
        IntPointer strides = new IntPointer(1L)) {
      planes.put(0, pixels);
      strides.put(0, 3 * picture.getWidth());
      sws_scale(context, planes, strides, 0, picture.getHeight(), frame.data(), frame.linesize());
    } finally {
      sws_freeContext(context);
    }
  }
}
