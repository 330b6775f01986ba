package io.kydai.analytics.decode;

import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_EXPORT_DATA_MVS;
import static org.bytedeco.ffmpeg.global.avcodec.AV_INPUT_BUFFER_PADDING_SIZE;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_alloc_context3;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_find_decoder;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_flush_buffers;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_free_context;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_open2;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_parameters_to_context;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_receive_frame;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_send_packet;
import static org.bytedeco.ffmpeg.global.avutil.AVERROR_EAGAIN;
import static org.bytedeco.ffmpeg.global.avutil.AVERROR_EOF;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_alloc;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_free;
import static org.bytedeco.ffmpeg.global.avutil.av_make_q;
import static org.bytedeco.ffmpeg.global.avutil.av_mallocz;

import io.kydai.ingest.media.CodecParameters;
import io.kydai.ingest.media.MediaTime;
import java.util.function.Consumer;
import org.bytedeco.ffmpeg.avcodec.AVCodec;
import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.bytedeco.ffmpeg.avcodec.AVCodecParameters;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.avutil.AVRational;
import org.bytedeco.javacpp.BytePointer;

/**
 * One decoder of libavcodec, on the caller's thread. Not thread-safe.
 *
 * <table>
 * <caption>Bounds</caption>
 * <tr><th>what</th><th>bound</th><th>beyond it</th></tr>
 * <tr><td>size of a picture</td><td>{@value #MAX_PIXELS} pixels</td>
 *     <td>{@link DecodeException}, before memory is taken</td></tr>
 * <tr><td>pictures inside the decoder</td><td>16, by the standard (A.3.1)</td><td>—</td></tr>
 * </table>
 */
public final class VideoDecoder implements AutoCloseable {
  /** Somewhat more than 7680×4320. */
  static final long MAX_PIXELS = 36_000_000;

  static {
    Libav.quiet();
  }

  private final AVCodecContext context;
  private AVFrame next;
  private boolean closed;

  private VideoDecoder(AVCodecContext context) {
    this.context = context;
    this.next = av_frame_alloc();
    OpenNatives.DECODERS.incrementAndGet();
  }

  /**
   * A decoder for a camera. A picture leaves at once, unless the parameters announce that pictures
   * are reordered (libavcodec's low-delay flag would lose those).
   *
   * @param heldBack how many pictures wait for others at least, for a stream that may reorder them
   *     without announcing it
   * @throws DecodeException when the parameters are unusable
   */
  static VideoDecoder live(CodecParameters parameters, int heldBack) {
    int id = Decoders.id(parameters.codec());
    return open(
        id,
        context -> {
          context.has_b_frames(heldBack);
          byte[] extradata = parameters.decoderConfiguration();
          if (extradata.length > 0) {
            // Freed by avcodec_free_context.
            context.extradata(
                new BytePointer(av_mallocz(extradata.length + AV_INPUT_BUFFER_PADDING_SIZE))
                    .put(extradata, 0, extradata.length));
            context.extradata_size(extradata.length);
          }
          context.pkt_timebase(av_make_q(1, MediaTime.TICKS_PER_SECOND));
        });
  }

  /**
   * A decoder for a file's stream: pictures leave in the order in which they are shown.
   *
   * @throws DecodeException when there is no decoder for it
   */
  public static VideoDecoder of(AVCodecParameters parameters, AVRational timeBase) {
    return of(parameters, timeBase, false);
  }

  /**
   * A decoder for a file's stream that also hands out the motion in it.
   *
   * @param motionVectors whether pictures have their motion vectors beside them, where the codec
   *     has any: {@link MotionVectors} reads them
   * @throws DecodeException when there is no decoder for it
   */
  public static VideoDecoder of(
      AVCodecParameters parameters, AVRational timeBase, boolean motionVectors) {
    return open(
        parameters.codec_id(),
        context -> {
          if (motionVectors) {
            context.export_side_data(context.export_side_data() | AV_CODEC_EXPORT_DATA_MVS);
          }
          Libav.check(avcodec_parameters_to_context(context, parameters), "stream parameters");
          context.pkt_timebase(timeBase);
        });
  }

  private static VideoDecoder open(int codecId, Consumer<AVCodecContext> configure) {
    AVCodec codec = avcodec_find_decoder(codecId);
    if (codec == null) {
      throw new DecodeException("this build of libavcodec cannot decode codec " + codecId);
    }
    AVCodecContext context = avcodec_alloc_context3(codec);
    try {
      configure.accept(context);
      // Cameras run beside each other, not threads of one camera: no frames wait in other threads.
      context.thread_count(1);
      context.max_pixels(MAX_PIXELS);
      Libav.check(avcodec_open2(context, codec, (AVDictionary) null), "decoder");
    } catch (RuntimeException e) {
      avcodec_free_context(context);
      throw e;
    }
    return new VideoDecoder(context);
  }

  /**
   * Sets whether the next pictures have their motion vectors beside them, where the codec has any:
   * {@link MotionVectors} reads them. Pictures that are inside the decoder may be without.
   */
  void motionVectors(boolean wanted) {
    int others = context.export_side_data() & ~AV_CODEC_EXPORT_DATA_MVS;
    context.export_side_data(wanted ? others | AV_CODEC_EXPORT_DATA_MVS : others);
  }

  /**
   * Decodes one packet.
   *
   * @param frames takes each picture that came out, and owns it
   * @throws DecodeException when the packet is damaged; what follows may depend on it
   */
  public void decode(AVPacket packet, Consumer<AVFrame> frames) {
    Libav.check(avcodec_send_packet(context, packet), "picture");
    receive(frames);
  }

  /** Gives out what is still inside; only {@link #reset} or {@link #close} may follow. */
  public void drain(Consumer<AVFrame> frames) {
    Libav.check(avcodec_send_packet(context, (AVPacket) null), "end of stream");
    receive(frames);
  }

  /** Forgets all pictures inside; the next packet starts anew. */
  public void reset() {
    avcodec_flush_buffers(context);
  }

  private void receive(Consumer<AVFrame> frames) {
    while (true) {
      int code = avcodec_receive_frame(context, next);
      if (code == AVERROR_EAGAIN() || code == AVERROR_EOF()) {
        return;
      }
      Libav.check(code, "picture");
      AVFrame frame = next;
      next = av_frame_alloc();
      frames.accept(frame);
    }
  }

  @Override
  public void close() {
    if (!closed) {
      closed = true;
      av_frame_free(next);
      avcodec_free_context(context);
      OpenNatives.DECODERS.decrementAndGet();
    }
  }
}
