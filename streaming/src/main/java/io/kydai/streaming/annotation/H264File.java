package io.kydai.streaming.annotation;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_FLAG_GLOBAL_HEADER;
import static org.bytedeco.ffmpeg.global.avcodec.AV_PROFILE_H264_HIGH;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_alloc;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_free;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_rescale_ts;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_alloc_context3;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_find_encoder_by_name;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_free_context;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_open2;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_parameters_from_context;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_receive_packet;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_send_frame;
import static org.bytedeco.ffmpeg.global.avformat.AVIO_FLAG_WRITE;
import static org.bytedeco.ffmpeg.global.avformat.av_interleaved_write_frame;
import static org.bytedeco.ffmpeg.global.avformat.av_write_trailer;
import static org.bytedeco.ffmpeg.global.avformat.avformat_alloc_output_context2;
import static org.bytedeco.ffmpeg.global.avformat.avformat_free_context;
import static org.bytedeco.ffmpeg.global.avformat.avformat_new_stream;
import static org.bytedeco.ffmpeg.global.avformat.avformat_write_header;
import static org.bytedeco.ffmpeg.global.avformat.avio_closep;
import static org.bytedeco.ffmpeg.global.avformat.avio_open;
import static org.bytedeco.ffmpeg.global.avutil.AVCOL_RANGE_MPEG;
import static org.bytedeco.ffmpeg.global.avutil.AVCOL_SPC_SMPTE170M;
import static org.bytedeco.ffmpeg.global.avutil.AVERROR_EAGAIN;
import static org.bytedeco.ffmpeg.global.avutil.AVERROR_EOF;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_YUV420P;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_alloc;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_free;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_get_buffer;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_make_writable;
import static org.bytedeco.ffmpeg.global.avutil.av_make_q;
import static org.bytedeco.ffmpeg.global.avutil.av_opt_set;
import static org.bytedeco.ffmpeg.global.avutil.av_strerror;

import io.kydai.analytics.decode.Libav;
import io.kydai.ingest.media.MediaTime;
import java.io.IOException;
import java.nio.file.Path;
import org.bytedeco.ffmpeg.avcodec.AVCodec;
import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avformat.AVFormatContext;
import org.bytedeco.ffmpeg.avformat.AVIOContext;
import org.bytedeco.ffmpeg.avformat.AVStream;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.jspecify.annotations.Nullable;

/**
 * Encodes YUV pictures with libopenh264 into an MP4 file. Owns the encoder, the file and the one
 * picture that {@link #frame} lends; {@link #close} frees them.
 */
final class H264File implements AutoCloseable {
  static final int PIXEL_FORMAT = AV_PIX_FMT_YUV420P;

  private static final int KEY_FRAME_EVERY = 50;

  private final int width;
  private final int height;
  private final AVPacket packet = av_packet_alloc();
  private final AVFrame frame = av_frame_alloc();
  private final AVFormatContext format = new AVFormatContext(null);
  private final AVCodecContext encoder;
  private final AVStream stream;
  private boolean closed;

  static {
    Libav.quiet();
  }

  /**
   * Begins a file; what is there is replaced.
   *
   * @param width in pixels, even
   * @param height in pixels, even
   * @param framesPerSecond what to plan the bit rate for
   * @throws IOException when there is no encoder, or the file cannot be written
   */
  H264File(Path file, int width, int height, double framesPerSecond) throws IOException {
    this.width = width;
    this.height = height;
    AVCodecContext context = null;
    try {
      check(avformat_alloc_output_context2(format, null, "mp4", null), "start an MP4 file");
      AVCodec codec = avcodec_find_encoder_by_name("libopenh264");
      if (codec == null) {
        throw new IOException("this FFmpeg has no libopenh264");
      }
      context = avcodec_alloc_context3(codec);
      configure(context, width, height, framesPerSecond);
      check(avcodec_open2(context, codec, (AVDictionary) null), "open the encoder");
      AVStream video = avformat_new_stream(format, null);
      video.time_base(context.time_base());
      check(avcodec_parameters_from_context(video.codecpar(), context), "describe the stream");
      AVIOContext io = new AVIOContext(null);
      check(avio_open(io, "file:" + file, AVIO_FLAG_WRITE), "open the file");
      format.pb(io);
      check(avformat_write_header(format, (AVDictionary) null), "begin the file");
      frame.width(width).height(height).format(PIXEL_FORMAT);
      check(av_frame_get_buffer(frame, 0), "get a picture");
      stream = video;
    } catch (IOException | RuntimeException e) {
      free(context);
      throw e;
    }
    encoder = context;
  }

  private static void configure(
      AVCodecContext encoder, int width, int height, double framesPerSecond) throws IOException {
    encoder.width(width).height(height).pix_fmt(PIXEL_FORMAT);
    encoder.time_base(av_make_q(1, MediaTime.TICKS_PER_SECOND));
    encoder.framerate(av_make_q((int) Math.round(framesPerSecond * 1000), 1000));
    encoder.gop_size(KEY_FRAME_EVERY).thread_count(1);
    encoder.flags(encoder.flags() | AV_CODEC_FLAG_GLOBAL_HEADER);
    encoder.profile(AV_PROFILE_H264_HIGH);
    encoder.color_range(AVCOL_RANGE_MPEG).colorspace(AVCOL_SPC_SMPTE170M);
    // One quality throughout: a copy to look at, not a stream for a line of limited width.
    check(av_opt_set(encoder.priv_data(), "rc_mode", "off", 0), "turn the rate control off");
  }

  int width() {
    return width;
  }

  int height() {
    return height;
  }

  /**
   * The picture to fill before {@link #write}, of {@link #PIXEL_FORMAT}; it stays this object's.
   */
  AVFrame frame() throws IOException {
    check(av_frame_make_writable(frame), "get a picture");
    return frame;
  }

  /**
   * Encodes the picture of {@link #frame}.
   *
   * @param time at which it is shown, 1/90000 s
   * @throws IOException when it cannot be encoded or written
   */
  void write(long time) throws IOException {
    frame.pts(time);
    check(avcodec_send_frame(encoder, frame), "encode");
    drain();
  }

  private void drain() throws IOException {
    while (true) {
      int result = avcodec_receive_packet(encoder, packet);
      if (result == AVERROR_EAGAIN() || result == AVERROR_EOF) {
        return;
      }
      check(result, "encode");
      packet.stream_index(stream.index());
      packet.duration(1000L * MediaTime.TICKS_PER_SECOND / encoder.framerate().num());
      av_packet_rescale_ts(packet, encoder.time_base(), stream.time_base());
      check(av_interleaved_write_frame(format, packet), "write");
    }
  }

  /** Finishes the file and frees everything; does nothing the second time. */
  @Override
  public void close() throws IOException {
    if (closed) {
      return;
    }
    closed = true;
    try {
      check(avcodec_send_frame(encoder, null), "finish encoding");
      drain();
      check(av_write_trailer(format), "finish the file");
    } finally {
      free(encoder);
    }
  }

  private void free(@Nullable AVCodecContext context) {
    av_packet_free(packet);
    av_frame_free(frame);
    if (context != null) {
      avcodec_free_context(context);
    }
    if (!format.isNull()) {
      if (format.pb() != null) {
        avio_closep(format.pb());
        format.pb(null);
      }
      avformat_free_context(format);
    }
  }

  private static void check(int result, String what) throws IOException {
    if (result < 0) {
      byte[] text = new byte[128];
      av_strerror(result, text, text.length);
      throw new IOException("cannot " + what + ": " + new String(text, UTF_8).trim());
    }
  }
}
