package io.kydai.analytics.signals;

import static org.assertj.core.api.Assertions.assertThat;
import static org.bytedeco.ffmpeg.global.avutil.AVCOL_RANGE_JPEG;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_BGR24;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_GRAY8;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_NV12;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_YUV420P;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_YUV420P10LE;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_YUV444P;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_YUVJ422P;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_alloc;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_get_buffer;
import static org.bytedeco.ffmpeg.global.avutil.av_pix_fmt_desc_get;

import io.kydai.analytics.decode.DecodedFrame;
import io.kydai.analytics.decode.Libav;
import java.util.stream.Stream;
import org.bytedeco.ffmpeg.avutil.AVComponentDescriptor;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.avutil.AVPixFmtDescriptor;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class PictureColoursTest {
  static Stream<Arguments> formats() {
    return Stream.of(
        Arguments.of(AV_PIX_FMT_YUV420P, false),
        Arguments.of(AV_PIX_FMT_NV12, false),
        Arguments.of(AV_PIX_FMT_YUV444P, false),
        Arguments.of(AV_PIX_FMT_YUV420P10LE, false),
        Arguments.of(AV_PIX_FMT_YUVJ422P, true),
        Arguments.of(AV_PIX_FMT_YUV420P, true));
  }

  /** BT.601's colour bars: red is 81, 90, 240 in video's range and 76, 85, 255 in the full one. */
  @ParameterizedTest(name = "format {0}, full range {1}")
  @MethodSource("formats")
  void aRedPixelBetweenBlackOnesIsRedInEveryFormat(int format, boolean full) {
    int[] red = full ? new int[] {76, 85, 255} : new int[] {81, 90, 240};
    int[] black = full ? new int[] {0, 128, 128} : new int[] {16, 128, 128};
    AVFrame picture = picture(format);
    if (full) {
      picture.color_range(AVCOL_RANGE_JPEG);
    }
    AVPixFmtDescriptor known = av_pix_fmt_desc_get(format);
    for (int part = 0; part < 3; part++) {
      int smallerX = part == 0 ? 0 : known.log2_chroma_w();
      int smallerY = part == 0 ? 0 : known.log2_chroma_h();
      for (int y = 0; y < 32 >> smallerY; y++) {
        for (int x = 0; x < 48 >> smallerX; x++) {
          // Red from column 16 to 31 in rows 8 to 15.
          boolean inside =
              x << smallerX >= 16 && x << smallerX < 32 && y << smallerY >= 8 && y << smallerY < 16;
          put(picture, known.comp(part), x, y, (inside ? red : black)[part]);
        }
      }
    }
    try (DecodedFrame frame = DecodedFrame.ofFile(picture, 0)) {
      PictureColours colours = new PictureColours();
      assertThat(colours.open(frame)).isTrue();
      int rgb = colours.rgb(20, 12);
      assertThat(rgb >> 16).isGreaterThan(250);
      assertThat(rgb >> 8 & 255).isLessThan(5);
      assertThat(rgb & 255).isLessThan(5);
      assertThat(colours.rgb(15, 12)).isZero();
      assertThat(colours.rgb(32, 12)).isZero();
      assertThat(colours.rgb(20, 16)).isZero();
      assertThat(colours.rgb(47, 31)).isZero();
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {AV_PIX_FMT_GRAY8, AV_PIX_FMT_BGR24})
  void whatIsNotYuvIsNotRead(int format) {
    try (DecodedFrame frame = DecodedFrame.ofFile(picture(format), 0)) {
      assertThat(new PictureColours().open(frame)).isFalse();
    }
  }

  private static AVFrame picture(int format) {
    AVFrame picture = av_frame_alloc();
    picture.width(48);
    picture.height(32);
    picture.format(format);
    Libav.check(av_frame_get_buffer(picture, 0), "frame");
    return picture;
  }

  private static void put(AVFrame picture, AVComponentDescriptor part, int x, int y, int value) {
    long at = (long) y * picture.linesize(part.plane()) + (long) x * part.step() + part.offset();
    if (part.depth() == 8) {
      picture.data(part.plane()).put(at, (byte) value);
    } else {
      int word = value << part.depth() - 8 << part.shift();
      picture.data(part.plane()).put(at, (byte) word).put(at + 1, (byte) (word >> 8));
    }
  }
}
