package io.kydai.analytics.decode;

import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_ID_H264;
import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_ID_HEVC;
import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_ID_MJPEG;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_find_decoder;

import io.kydai.ingest.media.Codec;
import java.util.EnumSet;
import java.util.Set;
import org.bytedeco.ffmpeg.global.avutil;

/** The decoders that this installation's FFmpeg has. */
public final class Decoders {
  private Decoders() {}

  /** Returns FFmpeg's version, such as {@code 8.0.1}. */
  public static String version() {
    Libav.quiet();
    return avutil.av_version_info().getString();
  }

  /** Returns the codecs of cameras that can be decoded. */
  public static Set<Codec> available() {
    Libav.quiet();
    Set<Codec> found = EnumSet.noneOf(Codec.class);
    for (Codec codec : Codec.values()) {
      if (avcodec_find_decoder(id(codec)) != null) {
        found.add(codec);
      }
    }
    return found;
  }

  /** Returns libavcodec's number of a codec. */
  static int id(Codec codec) {
    return switch (codec) {
      case H264 -> AV_CODEC_ID_H264;
      case H265 -> AV_CODEC_ID_HEVC;
      case JPEG -> AV_CODEC_ID_MJPEG;
    };
  }
}
