package io.kydai.streaming.annotation;

import static java.util.Objects.requireNonNull;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_BGR24;
import static org.bytedeco.ffmpeg.global.swscale.SWS_BILINEAR;
import static org.bytedeco.ffmpeg.global.swscale.sws_freeContext;
import static org.bytedeco.ffmpeg.global.swscale.sws_getContext;
import static org.bytedeco.ffmpeg.global.swscale.sws_scale;

import io.kydai.analytics.observation.Frame;
import io.kydai.analytics.observation.Observation;
import io.kydai.analytics.scene.Scene;
import java.io.IOException;
import java.nio.file.Path;
import java.util.function.Consumer;
import org.bytedeco.ffmpeg.swscale.SwsContext;
import org.bytedeco.javacpp.DoublePointer;
import org.bytedeco.javacpp.IntPointer;
import org.bytedeco.javacpp.PointerPointer;
import org.bytedeco.opencv.opencv_core.Mat;
import org.jspecify.annotations.Nullable;

/**
 * An annotated copy of a video: boxes, zones and lines burned in, encoded as H.264 in an MP4 file.
 * The frames keep their media times, the first one's being 0 in the file. All are shown in the
 * first one's size, rounded to even numbers and brought within what the encoder takes ({@link
 * PictureSize}); later frames of another size are scaled to it.
 *
 * <p>For one thread. The file is whole only after {@link #close}.
 */
public final class AnnotatedVideoWriter implements AutoCloseable {
  private final Path file;
  private final Scene scene;
  private final double framesPerSecond;
  private final AnnotatedPicture picture = new AnnotatedPicture();
  private final PointerPointer<Mat> planes = new PointerPointer<>(4);
  private final IntPointer strides = new IntPointer(4);
  private @Nullable H264File out;
  private @Nullable SwsContext toYuv;
  private long firstMediaTime;
  private long lastMediaTime;

  /**
   * Prepares a copy; the file is begun at the first frame.
   *
   * @param file to write; what is there is replaced, at the first frame
   * @param framesPerSecond what to plan the bit rate for; times come from the frames
   */
  public AnnotatedVideoWriter(Path file, Scene scene, double framesPerSecond) {
    this.file = requireNonNull(file);
    this.scene = requireNonNull(scene);
    if (!(framesPerSecond > 0 && framesPerSecond <= 1000)) {
      throw new IllegalArgumentException("frames per second: " + framesPerSecond);
    }
    this.framesPerSecond = framesPerSecond;
  }

  /**
   * Adds a frame.
   *
   * @param frame borrowed; later than the one before
   * @throws IllegalArgumentException when it is not
   * @throws IOException when the file cannot be written
   */
  public void write(Frame frame, Observation observation) throws IOException {
    write(frame, mat -> Annotator.draw(mat, scene, observation));
  }

  /**
   * Adds a frame on which something else is drawn.
   *
   * @param frame borrowed; later than the one before
   * @param drawing changes the picture, 8-bit blue, green, red, which is lent to it
   * @throws IllegalArgumentException when it is not later
   * @throws IOException when the file cannot be written
   */
  public void write(Frame frame, Consumer<Mat> drawing) throws IOException {
    H264File video = out;
    if (video == null) {
      video = start(frame);
    } else if (frame.mediaTime() <= lastMediaTime) {
      throw new IllegalArgumentException("a frame is not later than the one before it");
    }
    Mat mat = picture.fill(frame, video.width(), video.height());
    lastMediaTime = frame.mediaTime();
    drawing.accept(mat);
    var yuv = video.frame();
    planes.put(0, mat.data());
    strides.put(0, (int) mat.step());
    sws_scale(toYuv, planes, strides, 0, video.height(), yuv.data(), yuv.linesize());
    video.write(frame.mediaTime() - firstMediaTime);
  }

  private H264File start(Frame frame) throws IOException {
    PictureSize size = PictureSize.of(frame.displayWidth(), frame.displayHeight());
    int width = size.width();
    int height = size.height();
    firstMediaTime = frame.mediaTime();
    H264File video = new H264File(file, width, height, framesPerSecond);
    out = video;
    toYuv =
        sws_getContext(
            width,
            height,
            AV_PIX_FMT_BGR24,
            width,
            height,
            H264File.PIXEL_FORMAT,
            SWS_BILINEAR,
            null,
            null,
            (DoublePointer) null);
    if (toYuv == null) {
      throw new IOException("cannot convert pictures of " + width + " x " + height + " pixels");
    }
    return video;
  }

  /**
   * Finishes the file; without any frame there is none.
   *
   * @throws IOException when the end of the file cannot be written
   */
  @Override
  public void close() throws IOException {
    try {
      if (out != null) {
        out.close();
      }
    } finally {
      out = null;
      sws_freeContext(toYuv);
      toYuv = null;
      picture.close();
      planes.close();
      strides.close();
    }
  }
}
