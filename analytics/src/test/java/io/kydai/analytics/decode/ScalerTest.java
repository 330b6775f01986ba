package io.kydai.analytics.decode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_YUV420P;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_YUVJ444P;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_alloc;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_get_buffer;

import io.kydai.analytics.regions.Region;
import io.kydai.models.detection.InputSize;
import io.kydai.models.detection.Letterbox;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.assertj.core.data.Offset;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ScalerTest {
  private static final InputSize INPUT = new InputSize(640, 352);

  @AfterEach
  void nothingIsLeftOpen() {
    assertThat(OpenNatives.frames()).isZero();
    assertThat(OpenNatives.scalers()).isZero();
  }

  /** A picture of one colour. */
  private static DecodedFrame frame(int width, int height, int format, int y, int u, int v) {
    AVFrame picture = av_frame_alloc();
    picture.width(width);
    picture.height(height);
    picture.format(format);
    Libav.check(av_frame_get_buffer(picture, 0), "frame");
    int[] values = {y, u, v};
    for (int plane = 0; plane < 3; plane++) {
      int rows = plane > 0 && format == AV_PIX_FMT_YUV420P ? (height + 1) / 2 : height;
      byte[] fill = new byte[picture.linesize(plane) * rows];
      Arrays.fill(fill, (byte) values[plane]);
      picture.data(plane).put(fill);
    }
    return DecodedFrame.ofFile(picture, 0);
  }

  private static int[] pixel(ByteBuffer pixels, int x, int y) {
    int at = (y * INPUT.width() + x) * 3;
    return new int[] {pixels.get(at) & 255, pixels.get(at + 1) & 255, pixels.get(at + 2) & 255};
  }

  @Test
  void redIsRedInBlueGreenRedOrderAndThePaddingIsGrey() {
    try (Scaler scaler = new Scaler(INPUT);
        DecodedFrame red = frame(768, 576, AV_PIX_FMT_YUV420P, 81, 90, 240)) {
      Letterbox letterbox = scaler.scale(red);
      assertThat(letterbox).isEqualTo(Letterbox.fit(768, 576, INPUT));
      ByteBuffer pixels = scaler.pixels();
      assertThat(pixels.isDirect()).isTrue();
      assertThat(pixels.remaining()).isEqualTo(640 * 352 * 3);
      for (int y = 0; y < 352; y++) {
        for (int x = 0; x < 640; x++) {
          int[] bgr = pixel(pixels, x, y);
          boolean inside = x >= letterbox.left() && x < letterbox.left() + letterbox.width();
          if (!inside) {
            assertThat(bgr).containsExactly(114, 114, 114);
          } else {
            assertThat(bgr[0]).isCloseTo(0, Offset.offset(4));
            assertThat(bgr[1]).isCloseTo(0, Offset.offset(4));
            assertThat(bgr[2]).isCloseTo(254, Offset.offset(4));
          }
        }
      }
    }
  }

  @Test
  void aChangeOfSizeLeavesNothingOfTheFrameBefore() {
    try (Scaler scaler = new Scaler(INPUT);
        DecodedFrame wide = frame(1920, 400, AV_PIX_FMT_YUV420P, 235, 128, 128);
        DecodedFrame tall = frame(101, 999, AV_PIX_FMT_YUV420P, 16, 128, 128)) {
      Letterbox first = scaler.scale(wide);
      assertThat(pixel(scaler.pixels(), 320, first.top() - 1)).containsOnly(114);
      assertThat(pixel(scaler.pixels(), 0, first.top() + first.height())).containsOnly(114);
      assertThat(pixel(scaler.pixels(), 0, 176)[0]).isGreaterThan(250);
      scaler.scale(tall);
      assertThat(pixel(scaler.pixels(), 0, 176)).containsOnly(114);
      assertThat(pixel(scaler.pixels(), 320, 176)[0]).isLessThan(5);
    }
  }

  @Test
  void fullRangeAndOtherChromaAreUnderstood() {
    try (Scaler scaler = new Scaler(INPUT);
        DecodedFrame white = frame(64, 64, AV_PIX_FMT_YUVJ444P, 255, 128, 128);
        DecodedFrame grey = frame(64, 64, AV_PIX_FMT_YUVJ444P, 128, 128, 128)) {
      scaler.scale(white);
      assertThat(pixel(scaler.pixels(), 320, 176)[1]).isGreaterThan(250);
      scaler.scale(grey);
      assertThat(pixel(scaler.pixels(), 320, 176)[1]).isCloseTo(128, Offset.offset(2));
    }
  }

  @Test
  void aRegionIsCutOutPixelByPixel() {
    Region right = new Region(640, 100, 640, 352);
    try (Scaler scaler = new Scaler(INPUT);
        DecodedFrame frame = frame(1280, 720, AV_PIX_FMT_YUV420P, 16, 128, 128)) {
      AVFrame picture = frame.picture();
      paint(picture, 640 + 17, 100 + 33, (byte) 235);
      paint(picture, 639, 100, (byte) 235); // just beyond its edges
      paint(picture, 640, 99, (byte) 235);
      Letterbox letterbox = scaler.scale(frame, right, ToneCurve.IDENTITY);
      assertThat(letterbox).isEqualTo(new Letterbox(640, 352, INPUT, 0, 0, 640, 352));
      for (int y = 0; y < 352; y++) {
        for (int x = 0; x < 640; x++) {
          boolean white = x == 17 && y == 33;
          assertThat(pixel(scaler.pixels(), x, y)[1]).isBetween(white ? 250 : 0, white ? 255 : 4);
        }
      }
      // The frame is as it was.
      assertThat(scaler.scale(frame)).isEqualTo(Letterbox.fit(1280, 720, INPUT));
    }
  }

  @Test
  void aToneCurveChangesThePictureAndNotThePadding() {
    try (Scaler scaler = new Scaler(INPUT);
        DecodedFrame grey = frame(64, 64, AV_PIX_FMT_YUVJ444P, 128, 128, 128)) {
      Letterbox letterbox = scaler.scale(grey, ToneCurve.around(168, 2));
      assertThat(letterbox.left()).isPositive();
      assertThat(pixel(scaler.pixels(), letterbox.left() - 1, 176)).containsOnly(114);
      assertThat(pixel(scaler.pixels(), letterbox.left(), 176)[1]).isCloseTo(88, Offset.offset(4));
      assertThat(pixel(scaler.pixels(), 320, 351)[1]).isCloseTo(88, Offset.offset(4));
      int[] middle = pixel(scaler.pixels(), 320, 176);
      assertThat(middle).containsOnly(middle[0]); // grey stays grey
      scaler.scale(grey);
      assertThat(pixel(scaler.pixels(), 320, 176)[1]).isCloseTo(128, Offset.offset(2));
    }
  }

  private static void paint(AVFrame picture, int x, int y, byte brightness) {
    picture.data(0).put((long) y * picture.linesize(0) + x, brightness);
  }
}
