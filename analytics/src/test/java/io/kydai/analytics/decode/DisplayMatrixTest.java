package io.kydai.analytics.decode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_YUV420P;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_alloc;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_free;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_get_buffer;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DisplayMatrixTest {
  private static final int ONE = 1 << 16;

  /** Where the stored picture's left upper corner is shown, of 6 x 4 pixels. */
  @ParameterizedTest(name = "{0} {1} {2} {3}")
  @CsvSource({
    "1, 0, 0, 1, 6, 4, 0, 0",
    "0, 1, -1, 0, 4, 6, 3, 0", // a quarter clockwise
    "-1, 0, 0, -1, 6, 4, 5, 3", // upside down
    "0, -1, 1, 0, 4, 6, 0, 5", // a quarter anticlockwise
    "-1, 0, 0, 1, 6, 4, 5, 0", // mirrored
    "1, 0, 0, -1, 6, 4, 0, 3",
    "0, 1, 1, 0, 4, 6, 0, 0",
    "0, -1, -1, 0, 4, 6, 3, 5",
  })
  void aPictureIsShownAsTheMatrixSays(
      int a, int b, int c, int d, int width, int height, int x, int y) {
    AVFrame stored = av_frame_alloc().width(6).height(4).format(AV_PIX_FMT_YUV420P);
    av_frame_get_buffer(stored, 0);
    stored.sample_aspect_ratio().num(4);
    stored.sample_aspect_ratio().den(3);
    for (int row = 0; row < 4; row++) {
      for (int column = 0; column < 6; column++) {
        stored.data(0).put((long) row * stored.linesize(0) + column, (byte) (10 * row + column));
      }
    }
    ByteBuffer matrix = ByteBuffer.allocate(36).order(ByteOrder.nativeOrder());
    matrix.putInt(0, a * ONE).putInt(4, b * ONE).putInt(12, c * ONE).putInt(16, d * ONE);
    AVFrame shown = DisplayMatrix.of(matrix).upright(stored);
    assertThat(shown.width()).isEqualTo(width);
    assertThat(shown.height()).isEqualTo(height);
    assertThat(shown.sample_aspect_ratio().num()).isEqualTo(a == 0 ? 3 : 4);
    for (int row = 0; row < 4; row++) {
      for (int column = 0; column < 6; column++) {
        long at = (long) (y + b * column + d * row) * shown.linesize(0) + x + a * column + c * row;
        assertThat(shown.data(0).get(at)).isEqualTo((byte) (10 * row + column));
      }
    }
    av_frame_free(shown);
  }
}
