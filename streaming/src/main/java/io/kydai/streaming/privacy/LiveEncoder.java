package io.kydai.streaming.privacy;

import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_FLAG_GLOBAL_HEADER;
import static org.bytedeco.ffmpeg.global.avcodec.AV_PKT_FLAG_KEY;
import static org.bytedeco.ffmpeg.global.avcodec.AV_PROFILE_H264_CONSTRAINED_BASELINE;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_alloc;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_free;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_unref;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_alloc_context3;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_find_encoder_by_name;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_free_context;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_open2;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_receive_packet;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_send_frame;
import static org.bytedeco.ffmpeg.global.avutil.AVCOL_PRI_SMPTE170M;
import static org.bytedeco.ffmpeg.global.avutil.AVCOL_RANGE_MPEG;
import static org.bytedeco.ffmpeg.global.avutil.AVCOL_SPC_SMPTE170M;
import static org.bytedeco.ffmpeg.global.avutil.AVCOL_TRC_SMPTE170M;
import static org.bytedeco.ffmpeg.global.avutil.AVERROR_EAGAIN;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_BGR24;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_YUV420P;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_alloc;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_free;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_get_buffer;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_make_writable;
import static org.bytedeco.ffmpeg.global.avutil.av_make_q;
import static org.bytedeco.ffmpeg.global.swscale.SWS_BILINEAR;
import static org.bytedeco.ffmpeg.global.swscale.sws_freeContext;
import static org.bytedeco.ffmpeg.global.swscale.sws_getContext;
import static org.bytedeco.ffmpeg.global.swscale.sws_scale;

import io.kydai.analytics.decode.Libav;
import io.kydai.ingest.codec.h264.NalUnits;
import io.kydai.ingest.media.Codec;
import io.kydai.ingest.media.CodecParameters;
import io.kydai.ingest.media.MediaTime;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.ffmpeg.avcodec.AVCodec;
import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.swscale.SwsContext;
import org.bytedeco.javacpp.DoublePointer;
import org.bytedeco.javacpp.IntPointer;
import org.bytedeco.javacpp.PointerPointer;
import org.bytedeco.opencv.opencv_core.Mat;

/**
 * Encodes pictures of one size as H.264 by libopenh264, in the profile that every browser plays,
 * without pictures that wait for others, and with a key frame in every {@value #KEY_FRAME_EVERY}.
 * Owns its native memory, which {@link #close} frees. For one thread.
 */
final class LiveEncoder implements AutoCloseable {
  static final int KEY_FRAME_EVERY = 50;
  private static final long BITS_PER_PIXEL_AND_SECOND = 4;
  private static final long LEAST_BITS = 400_000;

  private final int width;
  private final int height;
  private final AVCodecContext encoder;
  private final AVFrame frame = av_frame_alloc();
  private final AVPacket packet = av_packet_alloc();
  private final PointerPointer<Mat> planes = new PointerPointer<>(4);
  private final IntPointer strides = new IntPointer(4);
  private final SwsContext toYuv;
  private final CodecParameters parameters;

  /**
   * An encoded picture.
   *
   * @param data NAL units, each behind its length in four bytes, without parameter sets
   */
  record Encoded(boolean keyFrame, ByteBuffer data) {}

  static {
    Libav.quiet();
  }

  /**
   * @param width in pixels, even
   * @param height in pixels, even
   * @throws io.kydai.analytics.decode.DecodeException when there is no encoder for it
   */
  LiveEncoder(int width, int height) {
    this.width = width;
    this.height = height;
    AVCodec codec = avcodec_find_encoder_by_name("libopenh264");
    if (codec == null) {
      throw new IllegalStateException("this FFmpeg has no libopenh264");
    }
    encoder = avcodec_alloc_context3(codec);
    encoder.width(width).height(height).pix_fmt(AV_PIX_FMT_YUV420P);
    encoder.time_base(av_make_q(1, MediaTime.TICKS_PER_SECOND));
    encoder.framerate(av_make_q(25, 1));
    encoder.gop_size(KEY_FRAME_EVERY).thread_count(1);
    encoder.flags(encoder.flags() | AV_CODEC_FLAG_GLOBAL_HEADER);
    encoder.profile(AV_PROFILE_H264_CONSTRAINED_BASELINE);
    // All three: Chromium takes colours that are said in part for those of BT.709.
    encoder.color_range(AVCOL_RANGE_MPEG).colorspace(AVCOL_SPC_SMPTE170M);
    encoder.color_primaries(AVCOL_PRI_SMPTE170M).color_trc(AVCOL_TRC_SMPTE170M);
    encoder.bit_rate(Math.max(LEAST_BITS, BITS_PER_PIXEL_AND_SECOND * width * height));
    Libav.check(avcodec_open2(encoder, codec, (AVDictionary) null), "H.264 encoder");
    frame.width(width).height(height).format(AV_PIX_FMT_YUV420P);
    Libav.check(av_frame_get_buffer(frame, 0), "picture to encode");
    toYuv =
        sws_getContext(
            width,
            height,
            AV_PIX_FMT_BGR24,
            width,
            height,
            AV_PIX_FMT_YUV420P,
            SWS_BILINEAR,
            null,
            null,
            (DoublePointer) null);
    parameters = parameters();
  }

  private CodecParameters parameters() {
    byte[] extradata = new byte[encoder.extradata_size()];
    encoder.extradata().get(extradata);
    List<byte[]> sequenceSets = new ArrayList<>();
    List<byte[]> pictureSets = new ArrayList<>();
    for (byte[] unit : split(extradata)) {
      int type = NalUnits.type(unit[0]);
      if (type == NalUnits.SEQUENCE_PARAMETER_SET) {
        sequenceSets.add(unit);
      } else if (type == NalUnits.PICTURE_PARAMETER_SET) {
        pictureSets.add(unit);
      }
    }
    return new CodecParameters(Codec.H264, width, height, sequenceSets, pictureSets);
  }

  int width() {
    return width;
  }

  int height() {
    return height;
  }

  /** Returns what a decoder needs before the first picture. */
  CodecParameters codecParameters() {
    return parameters;
  }

  /**
   * Encodes a picture.
   *
   * @param picture 8-bit blue, green, red of this encoder's size
   * @param time 1/90000 s, later than that of the picture before
   * @return empty where the encoder leaves a picture out to keep its bit rate
   */
  List<Encoded> encode(Mat picture, long time) {
    Libav.check(av_frame_make_writable(frame), "picture to encode");
    planes.put(0, picture.data());
    strides.put(0, (int) picture.step());
    sws_scale(toYuv, planes, strides, 0, height, frame.data(), frame.linesize());
    frame.pts(time);
    Libav.check(avcodec_send_frame(encoder, frame), "encoding");
    List<Encoded> encoded = new ArrayList<>(1);
    int code = avcodec_receive_packet(encoder, packet);
    while (code >= 0) {
      byte[] bytes = new byte[packet.size()];
      packet.data().get(bytes);
      boolean key = (packet.flags() & AV_PKT_FLAG_KEY) != 0;
      av_packet_unref(packet);
      encoded.add(new Encoded(key, withLengths(bytes)));
      code = avcodec_receive_packet(encoder, packet);
    }
    if (code != AVERROR_EAGAIN()) {
      Libav.check(code, "encoding");
    }
    return encoded;
  }

  private static ByteBuffer withLengths(byte[] annexB) {
    List<byte[]> units =
        split(annexB).stream().filter(unit -> NalUnits.isPicture(NalUnits.type(unit[0]))).toList();
    ByteBuffer data = ByteBuffer.allocate(units.stream().mapToInt(unit -> 4 + unit.length).sum());
    units.forEach(unit -> data.putInt(unit.length).put(unit));
    return data.flip();
  }

  /** The NAL units of a byte stream (ITU-T H.264, annex B), which the encoder writes. */
  static List<byte[]> split(byte[] stream) {
    List<byte[]> units = new ArrayList<>();
    int begin = -1;
    for (int i = 0; i + 2 < stream.length; i++) {
      if (stream[i] == 0 && stream[i + 1] == 0 && stream[i + 2] == 1) {
        add(stream, begin, i, units);
        begin = i + 3;
        i += 2;
      }
    }
    add(stream, begin, stream.length, units);
    return units;
  }

  /** A NAL unit does not end with a zero: those before a start code are the stream's. */
  private static void add(byte[] stream, int begin, int end, List<byte[]> units) {
    int last = end;
    while (last > begin && begin >= 0 && stream[last - 1] == 0) {
      last--;
    }
    if (begin >= 0 && last > begin) {
      units.add(java.util.Arrays.copyOfRange(stream, begin, last));
    }
  }

  @Override
  public void close() {
    sws_freeContext(toYuv);
    avcodec_free_context(encoder);
    av_frame_free(frame);
    av_packet_free(packet);
    planes.close();
    strides.close();
  }
}
