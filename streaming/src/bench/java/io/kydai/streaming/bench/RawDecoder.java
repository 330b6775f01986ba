package io.kydai.streaming.bench;

import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_ID_H264;
import static org.bytedeco.ffmpeg.global.avcodec.AV_INPUT_BUFFER_PADDING_SIZE;
import static org.bytedeco.ffmpeg.global.avcodec.av_new_packet;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_alloc;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_free;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_unref;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_alloc_context3;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_find_decoder;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_free_context;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_open2;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_receive_frame;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_send_packet;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_alloc;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_free;
import static org.bytedeco.ffmpeg.global.avutil.av_mallocz;

import io.kydai.analytics.decode.Libav;
import io.kydai.ingest.media.AccessUnit;
import io.kydai.ingest.media.CodecParameters;
import org.bytedeco.ffmpeg.avcodec.AVCodec;
import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.javacpp.BytePointer;

/** libavcodec on one thread with nothing of ours around it: send a packet, receive pictures. */
final class RawDecoder implements AutoCloseable {
  private final AVCodecContext context;
  private final AVPacket packet = av_packet_alloc();
  private final AVFrame frame = av_frame_alloc();

  RawDecoder(CodecParameters parameters) {
    AVCodec codec = avcodec_find_decoder(AV_CODEC_ID_H264);
    context = avcodec_alloc_context3(codec);
    byte[] avcC = parameters.decoderConfiguration();
    context.extradata(
        new BytePointer(av_mallocz(avcC.length + AV_INPUT_BUFFER_PADDING_SIZE))
            .put(avcC, 0, avcC.length));
    context.extradata_size(avcC.length);
    context.thread_count(1);
    Libav.check(avcodec_open2(context, codec, (AVDictionary) null), "decoder");
  }

  /** Decodes one access unit; answers the nanoseconds that libavcodec alone took. */
  long decode(AccessUnit unit) {
    Libav.check(av_new_packet(packet, unit.size()), "memory for a picture");
    packet.data().capacity(unit.size()).asByteBuffer().put(unit.data());
    long start = CpuClock.now();
    Libav.check(avcodec_send_packet(context, packet), "picture");
    while (avcodec_receive_frame(context, frame) >= 0) {
      // Each picture is let go when the next is received.
    }
    long spent = CpuClock.now() - start;
    av_packet_unref(packet);
    return spent;
  }

  @Override
  public void close() {
    av_frame_free(frame);
    av_packet_free(packet);
    avcodec_free_context(context);
  }
}
