package io.kydai.analytics.file;

import static org.bytedeco.ffmpeg.global.avcodec.av_packet_alloc;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_free;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_unref;
import static org.bytedeco.ffmpeg.global.avformat.AVFMT_NOTIMESTAMPS;
import static org.bytedeco.ffmpeg.global.avformat.av_find_best_stream;
import static org.bytedeco.ffmpeg.global.avformat.av_guess_sample_aspect_ratio;
import static org.bytedeco.ffmpeg.global.avformat.av_read_frame;
import static org.bytedeco.ffmpeg.global.avformat.avformat_close_input;
import static org.bytedeco.ffmpeg.global.avformat.avformat_find_stream_info;
import static org.bytedeco.ffmpeg.global.avformat.avformat_open_input;
import static org.bytedeco.ffmpeg.global.avutil.AVERROR_EOF;
import static org.bytedeco.ffmpeg.global.avutil.AVMEDIA_TYPE_VIDEO;
import static org.bytedeco.ffmpeg.global.avutil.AV_NOPTS_VALUE;
import static org.bytedeco.ffmpeg.global.avutil.AV_TIME_BASE;
import static org.bytedeco.ffmpeg.global.avutil.av_make_q;
import static org.bytedeco.ffmpeg.global.avutil.av_rescale_q;

import io.kydai.analytics.decode.DecodeException;
import io.kydai.analytics.decode.DecodedFrame;
import io.kydai.analytics.decode.DisplayMatrix;
import io.kydai.analytics.decode.Libav;
import io.kydai.analytics.decode.VideoDecoder;
import io.kydai.ingest.media.MediaTime;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Optional;
import org.bytedeco.ffmpeg.avcodec.AVCodec;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avformat.AVFormatContext;
import org.bytedeco.ffmpeg.avformat.AVInputFormat;
import org.bytedeco.ffmpeg.avformat.AVStream;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.avutil.AVRational;

/**
 * The pictures of a file's best video stream, in the order in which they are shown. The first has
 * media time 0, each later one is later. Each is upright, as the file's display matrix says and a
 * player shows it. Where the container has no times, as with a bare H.264 stream, the frame rate
 * that the stream declares gives them (25 per second if it declares none). Packets that cannot be
 * decoded are counted and passed over. Not thread-safe.
 */
public final class VideoFile implements AutoCloseable {
  static {
    Libav.quiet();
  }

  private static final AVRational TICKS = av_make_q(1, MediaTime.TICKS_PER_SECOND);

  private final AVFormatContext format;
  private final AVStream stream;
  private final VideoDecoder decoder;
  private final AVPacket packet = av_packet_alloc();
  // One packet's pictures: seldom more than one, at the end those that were inside the decoder.
  private final ArrayDeque<DecodedFrame> decoded = new ArrayDeque<>();
  private final long frameTicks;
  private long firstTicks = Long.MIN_VALUE;
  private long lastMediaTime = -1;
  private long damaged;
  private boolean ended;
  private boolean closed;

  private VideoFile(AVFormatContext format, AVStream stream, VideoDecoder decoder) {
    this.format = format;
    this.stream = stream;
    this.decoder = decoder;
    AVRational rate = rate(format, stream);
    this.frameTicks =
        rate.num() > 0 && rate.den() > 0
            ? Math.max(1, (long) MediaTime.TICKS_PER_SECOND * rate.den() / rate.num())
            : MediaTime.TICKS_PER_SECOND / 25;
  }

  /** A bare elementary stream has no times, and its "container" supposes 25 frames per second. */
  private static AVRational rate(AVFormatContext format, AVStream stream) {
    boolean bare = (format.iformat().flags() & AVFMT_NOTIMESTAMPS) != 0;
    AVRational told = stream.codecpar().framerate();
    return bare && told.num() > 0 && told.den() > 0 ? told : stream.avg_frame_rate();
  }

  /**
   * Opens a file of any container and codec that this build of FFmpeg knows.
   *
   * @throws DecodeException when it cannot be read or has no video; the message names the file
   */
  public static VideoFile open(Path path) {
    return open(path, false);
  }

  /**
   * Opens a file whose pictures have their motion vectors beside them, where its codec has any.
   *
   * @param motionVectors whether they are asked for; those of a picture that is turned are dropped
   * @throws DecodeException when it cannot be read or has no video; the message names the file
   */
  public static VideoFile open(Path path, boolean motionVectors) {
    Path name = path.getFileName();
    if (!Files.isRegularFile(path)) {
      throw new DecodeException(path + ": there is no such file");
    }
    AVFormatContext format = new AVFormatContext(null);
    try {
      Libav.check(
          avformat_open_input(
              format, "file:" + path.toAbsolutePath(), (AVInputFormat) null, (AVDictionary) null),
          name.toString());
      Libav.check(
          avformat_find_stream_info(format, (AVDictionary) null), name + ": stream information");
      int index =
          Libav.check(
              av_find_best_stream(format, AVMEDIA_TYPE_VIDEO, -1, -1, (AVCodec) null, 0),
              name + ": video stream");
      AVStream stream = format.streams(index);
      return new VideoFile(
          format, stream, VideoDecoder.of(stream.codecpar(), stream.time_base(), motionVectors));
    } catch (RuntimeException e) {
      avformat_close_input(format);
      throw e;
    }
  }

  /**
   * How many pictures there are, as far as the container declares it: a count or, if need be, an
   * estimate from duration and rate.
   */
  public Optional<Long> estimatedFrames() {
    if (stream.nb_frames() > 0) {
      return Optional.of(stream.nb_frames());
    }
    if (format.duration() > 0) {
      long ticks = MediaTime.rescale(format.duration(), AV_TIME_BASE, MediaTime.TICKS_PER_SECOND);
      return Optional.of(Math.max(1, ticks / frameTicks));
    }
    return Optional.empty();
  }

  /** Packets that could not be decoded up to now. */
  public long damaged() {
    return damaged;
  }

  /** The next picture, owned by the caller; empty at the end. */
  public Optional<DecodedFrame> next() {
    while (decoded.isEmpty() && !ended) {
      int code = av_read_frame(format, packet);
      if (code < 0) {
        ended = true;
        decoder.drain(this::take);
        if (code != AVERROR_EOF()) {
          damaged++;
        }
      } else {
        decode();
      }
    }
    return Optional.ofNullable(decoded.poll());
  }

  private void decode() {
    try {
      if (packet.stream_index() == stream.index()) {
        decoder.decode(packet, this::take);
      }
    } catch (DecodeException e) {
      damaged++; // Told by damaged(): a file with a bad packet is still worth its other pictures.
    } finally {
      av_packet_unref(packet);
    }
  }

  private void take(AVFrame picture) {
    long stamp = picture.best_effort_timestamp();
    long mediaTime = lastMediaTime < 0 ? 0 : lastMediaTime + frameTicks;
    if (stamp != AV_NOPTS_VALUE) {
      long ticks = av_rescale_q(stamp, stream.time_base(), TICKS);
      if (firstTicks == Long.MIN_VALUE) {
        firstTicks = ticks - mediaTime;
      }
      // Two pictures at one time, or a step back: the container is wrong, the order is right.
      mediaTime = Math.max(ticks - firstTicks, lastMediaTime + 1);
    }
    lastMediaTime = mediaTime;
    picture.sample_aspect_ratio(av_guess_sample_aspect_ratio(format, stream, picture));
    AVFrame upright = DisplayMatrix.of(picture).upright(picture);
    decoded.add(DecodedFrame.ofFile(upright, mediaTime));
  }

  @Override
  public void close() {
    if (!closed) {
      closed = true;
      decoded.forEach(DecodedFrame::close);
      decoder.close();
      av_packet_free(packet);
      avformat_close_input(format);
    }
  }
}
