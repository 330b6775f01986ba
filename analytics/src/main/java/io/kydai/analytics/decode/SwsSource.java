package io.kydai.analytics.decode;

import static org.bytedeco.ffmpeg.global.avutil.AVCOL_RANGE_JPEG;
import static org.bytedeco.ffmpeg.global.avutil.AVCOL_SPC_UNSPECIFIED;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_BGR24;
import static org.bytedeco.ffmpeg.global.swscale.SWS_CS_DEFAULT;
import static org.bytedeco.ffmpeg.global.swscale.SWS_FAST_BILINEAR;
import static org.bytedeco.ffmpeg.global.swscale.sws_getCoefficients;
import static org.bytedeco.ffmpeg.global.swscale.sws_getContext;
import static org.bytedeco.ffmpeg.global.swscale.sws_setColorspaceDetails;

import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.swscale.SwsContext;
import org.bytedeco.javacpp.DoublePointer;
import org.bytedeco.javacpp.IntPointer;

/** What a prepared conversion depends on. */
record SwsSource(int width, int height, int format, int colours, boolean fullRange) {
  static SwsSource of(AVFrame picture) {
    return new SwsSource(
        picture.width(),
        picture.height(),
        picture.format(),
        picture.colorspace(),
        picture.color_range() == AVCOL_RANGE_JPEG);
  }

  /**
   * A conversion to blue, green, red of a size; the caller frees it.
   *
   * @throws DecodeException when the pixel format cannot be converted
   */
  SwsContext to(int toWidth, int toHeight) {
    SwsContext context =
        sws_getContext(
            width,
            height,
            format,
            toWidth,
            toHeight,
            AV_PIX_FMT_BGR24,
            SWS_FAST_BILINEAR,
            null,
            null,
            (DoublePointer) null);
    if (context == null) {
      throw new DecodeException("pixel format " + format + " cannot be scaled");
    }
    boolean unknown = colours == AVCOL_SPC_UNSPECIFIED;
    IntPointer from = sws_getCoefficients(unknown ? SWS_CS_DEFAULT : colours);
    IntPointer to = sws_getCoefficients(SWS_CS_DEFAULT);
    int neutral = 1 << 16;
    // An error only says that this format has no such details, as RGB has none.
    sws_setColorspaceDetails(context, from, fullRange ? 1 : 0, to, 1, 0, neutral, neutral);
    return context;
  }
}
