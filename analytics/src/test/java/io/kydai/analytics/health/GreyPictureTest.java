package io.kydai.analytics.health;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.bytedeco.ffmpeg.global.avutil.AVCOL_RANGE_JPEG;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_RGB24;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_YUV420P;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_YUV420P10LE;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_YUVJ420P;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_YUYV422;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_alloc;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_get_buffer;

import io.kydai.analytics.decode.DecodedFrame;
import io.kydai.analytics.decode.Libav;
import java.util.Arrays;
import java.util.EnumSet;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.junit.jupiter.api.Test;

class GreyPictureTest {
  /** A picture whose first plane is filled with two bytes in turn. */
  private static DecodedFrame frame(int width, int height, int format, int even, int odd) {
    AVFrame picture = av_frame_alloc();
    picture.width(width).height(height).format(format);
    if (format == AV_PIX_FMT_YUVJ420P) {
      picture.color_range(AVCOL_RANGE_JPEG);
    }
    Libav.check(av_frame_get_buffer(picture, 0), "frame");
    byte[] fill = new byte[picture.linesize(0) * height];
    Arrays.fill(fill, (byte) even);
    for (int i = 1; i < fill.length; i += 2) {
      fill[i] = (byte) odd;
    }
    picture.data(0).put(fill);
    return DecodedFrame.ofFile(picture, 0);
  }

  private static double brightness(int width, int height, int format, int even, int odd) {
    GreyPicture grey = new GreyPicture();
    try (DecodedFrame frame = frame(width, height, format, even, odd)) {
      assertThat(grey.read(frame)).isTrue();
    }
    assertThat(grey.detail()).isZero();
    return grey.brightness();
  }

  @Test
  void whiteIsWhiteInEveryRangeAndDepthAndSize() {
    assertThat(brightness(1920, 1080, AV_PIX_FMT_YUV420P, 235, 235)).isCloseTo(255, within(1.0));
    assertThat(brightness(17, 11, AV_PIX_FMT_YUV420P, 16, 16)).isZero();
    assertThat(brightness(640, 480, AV_PIX_FMT_YUVJ420P, 255, 255)).isEqualTo(255);
    // Ten bits, the lower eight first: 940 is white.
    assertThat(brightness(640, 480, AV_PIX_FMT_YUV420P10LE, 0xac, 0x03))
        .isCloseTo(255, within(1.0));
    assertThat(brightness(640, 480, AV_PIX_FMT_YUYV422, 126, 128)).isCloseTo(128, within(1.0));
  }

  @Test
  void whatHasNoLumaIsNotLookedAt() {
    try (DecodedFrame frame = frame(64, 64, AV_PIX_FMT_RGB24, 1, 2)) {
      assertThat(new GreyPicture().read(frame)).isFalse();
      TamperWatch watch = new TamperWatch(EnumSet.allOf(Tampering.class));
      watch.look(frame);
      assertThat(watch.finding()).isEmpty();
    }
  }
}
