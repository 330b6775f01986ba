package io.kydai.analytics.health;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.bytedeco.ffmpeg.global.avutil.AVCOL_RANGE_JPEG;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_RGB24;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_YUVJ420P;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_alloc;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_get_buffer;

import io.kydai.analytics.decode.DecodedFrame;
import io.kydai.analytics.decode.Libav;
import io.kydai.analytics.decode.Scaler;
import io.kydai.analytics.decode.ToneCurve;
import io.kydai.models.detection.InputSize;
import java.util.Arrays;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.junit.jupiter.api.Test;

/** Drawn pictures of squares, as many darker as brighter than the mean by the deviation. */
class ContrastStretchTest {
  private static final int WIDTH = 640;
  private static final int HEIGHT = 352;
  private static final int SQUARE = 32;
  private static final InputSize INPUT = new InputSize(WIDTH, HEIGHT);

  private final ContrastStretch contrast = new ContrastStretch();
  private int second;

  private static DecodedFrame frame(int second, int format, int mean, int deviation, int chroma) {
    AVFrame picture = av_frame_alloc();
    picture.width(WIDTH).height(HEIGHT).format(format).color_range(AVCOL_RANGE_JPEG);
    Libav.check(av_frame_get_buffer(picture, 0), "frame");
    byte[] row = new byte[picture.linesize(0)];
    for (int y = 0; y < HEIGHT; y++) {
      for (int x = 0; x < row.length; x++) {
        boolean bright = (x / SQUARE + y / SQUARE) % 2 == 0;
        row[x] = (byte) (bright ? mean + deviation : mean - deviation);
      }
      picture.data(0).position((long) y * row.length).put(row);
    }
    for (int plane = 1; plane <= 2 && format == AV_PIX_FMT_YUVJ420P; plane++) {
      byte[] colours = new byte[picture.linesize(plane) * HEIGHT / 2];
      Arrays.fill(colours, (byte) chroma);
      picture.data(plane).put(colours);
    }
    return DecodedFrame.ofFile(picture, second * 90_000L);
  }

  /** The next second of a camera without colours. */
  private double gain(int mean, int deviation) {
    try (DecodedFrame frame = frame(second++, AV_PIX_FMT_YUVJ420P, mean, deviation, 128)) {
      ToneCurve curve = contrast.curve(frame);
      assertThat(contrast.gain()).isEqualTo(curve.gain());
      return curve.gain();
    }
  }

  /** The input's pixels, blue, green, red. */
  private static byte[] pixels(DecodedFrame frame, ToneCurve curve) {
    try (Scaler scaler = new Scaler(INPUT)) {
      scaler.scale(frame, curve);
      byte[] pixels = new byte[WIDTH * HEIGHT * 3];
      scaler.pixels().get(0, pixels);
      return pixels;
    }
  }

  private static int middleOfSquare(byte[] pixels, int column) {
    return pixels[(SQUARE / 2 * WIDTH + column * SQUARE + SQUARE / 2) * 3] & 0xff;
  }

  @Test
  void aClearPictureGoesToTheNetworkByteForByte() {
    try (DecodedFrame clear = frame(0, AV_PIX_FMT_YUVJ420P, 120, 50, 90)) {
      ToneCurve curve = contrast.curve(clear);
      assertThat(curve).isSameAs(ToneCurve.IDENTITY);
      assertThat(contrast.gain()).isEqualTo(1);
      try (Scaler scaler = new Scaler(INPUT)) {
        scaler.scale(clear);
        byte[] untouched = new byte[WIDTH * HEIGHT * 3];
        scaler.pixels().get(0, untouched);
        assertThat(pixels(clear, curve)).isEqualTo(untouched);
      }
    }
  }

  @Test
  void aHazyPictureIsStretchedAroundItsMeanFromTheFirstOn() {
    try (DecodedFrame hazy = frame(0, AV_PIX_FMT_YUVJ420P, 150, 29, 128)) {
      ToneCurve curve = contrast.curve(hazy);
      assertThat(curve.gain()).isCloseTo(1.8, within(0.2));
      byte[] pixels = pixels(hazy, curve);
      int bright = middleOfSquare(pixels, 0);
      int dark = middleOfSquare(pixels, 1);
      assertThat((double) (bright - dark)).isCloseTo(2 * 29 * curve.gain(), within(4.0));
      assertThat((bright + dark) / 2.0).isCloseTo(150, within(3.0));
    }
  }

  @Test
  void thickHazeIsNotStretchedWithoutBound() {
    assertThat(gain(190, 3)).isBetween(1.8, 2.5);
  }

  @Test
  void aPictureWithoutColoursGetsNone() {
    try (DecodedFrame infrared = frame(0, AV_PIX_FMT_YUVJ420P, 150, 20, 128)) {
      byte[] pixels = pixels(infrared, contrast.curve(infrared));
      assertThat(contrast.gain()).isGreaterThan(1);
      for (int at = 0; at < pixels.length; at += 3) {
        assertThat(pixels[at + 1]).isEqualTo(pixels[at]);
        assertThat(pixels[at + 2]).isEqualTo(pixels[at]);
      }
    }
  }

  @Test
  void aDarkNightIsFlatButNoHaze() {
    for (int i = 0; i < 60; i++) {
      assertThat(gain(30, 12)).isEqualTo(1);
    }
  }

  @Test
  void bareAsphaltFromAboveIsFlatButNoHaze() {
    for (int i = 0; i < 60; i++) {
      assertThat(gain(108, 12)).isEqualTo(1);
    }
  }

  @Test
  void aValueNearTheLimitDoesNotFlicker() {
    boolean stretched = gain(150, 29) > 1;
    int changes = 0;
    for (int i = 0; i < 300; i++) {
      boolean now = gain(150, i % 2 == 0 ? 28 : 34) > 1;
      changes += now == stretched ? 0 : 1;
      stretched = now;
    }
    assertThat(changes).isZero();
    assertThat(stretched).isTrue();
  }

  @Test
  void aLorryThatFillsTheViewChangesNothing() {
    gain(120, 50);
    for (int i = 0; i < 4; i++) {
      assertThat(gain(150, 5)).isEqualTo(1);
    }
    for (int i = 0; i < 20; i++) {
      assertThat(gain(120, 50)).isEqualTo(1);
    }
  }

  @Test
  void fogThatComesAndGoesIsFollowedSlowly() {
    double before = gain(120, 50);
    double most = before;
    for (int i = 0; i < 120; i++) {
      double now = gain(i < 60 ? 170 : 120, i < 60 ? 20 : 50);
      assertThat(Math.abs(now - before)).isLessThan(0.16);
      before = now;
      most = Math.max(most, now);
    }
    assertThat(most).isBetween(2.0, 2.5);
    assertThat(before).isEqualTo(1);
  }

  @Test
  void betweenTwoLooksAndInFormatsWithoutLumaNothingChanges() {
    gain(120, 50);
    second = 0;
    assertThat(gain(150, 20)).isEqualTo(1); // the same second
    try (DecodedFrame colours = frame(5, AV_PIX_FMT_RGB24, 150, 20, 128)) {
      assertThat(contrast.curve(colours)).isSameAs(ToneCurve.IDENTITY);
    }
    second = 6;
    assertThat(gain(150, 20)).isGreaterThan(1);
    try (DecodedFrame colours = frame(8, AV_PIX_FMT_RGB24, 150, 20, 128)) {
      assertThat(contrast.curve(colours)).isSameAs(ToneCurve.IDENTITY);
    }
  }
}
