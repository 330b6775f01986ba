package io.kydai.analytics.bench;

import static org.bytedeco.ffmpeg.global.avcodec.av_packet_alloc;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_free;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_unref;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_alloc_context3;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_find_decoder;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_free_context;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_open2;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_parameters_to_context;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_receive_frame;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_send_packet;
import static org.bytedeco.ffmpeg.global.avformat.av_find_best_stream;
import static org.bytedeco.ffmpeg.global.avformat.av_read_frame;
import static org.bytedeco.ffmpeg.global.avformat.avformat_close_input;
import static org.bytedeco.ffmpeg.global.avformat.avformat_find_stream_info;
import static org.bytedeco.ffmpeg.global.avformat.avformat_open_input;
import static org.bytedeco.ffmpeg.global.avutil.AVMEDIA_TYPE_VIDEO;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_alloc;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_free;

import io.kydai.analytics.decode.Libav;
import java.nio.file.Path;
import org.bytedeco.ffmpeg.avcodec.AVCodec;
import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avformat.AVFormatContext;
import org.bytedeco.ffmpeg.avformat.AVInputFormat;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.ffmpeg.avutil.AVFrame;

/** libavcodec with nothing of ours around it: read a packet, send it, receive a picture. */
final class RawDecoder implements AutoCloseable {
  private final AVFormatContext format = new AVFormatContext(null);
  private final AVCodecContext context;
  private final AVPacket packet = av_packet_alloc();
  private final AVFrame frame = av_frame_alloc();
  private final int stream;

  RawDecoder(Path video) {
    Libav.check(
        avformat_open_input(format, video.toString(), (AVInputFormat) null, (AVDictionary) null),
        "open");
    Libav.check(avformat_find_stream_info(format, (AVDictionary) null), "stream");
    stream = av_find_best_stream(format, AVMEDIA_TYPE_VIDEO, -1, -1, (AVCodec) null, 0);
    AVCodec codec = avcodec_find_decoder(format.streams(stream).codecpar().codec_id());
    context = avcodec_alloc_context3(codec);
    avcodec_parameters_to_context(context, format.streams(stream).codecpar());
    context.thread_count(1);
    Libav.check(avcodec_open2(context, codec, (AVDictionary) null), "decoder");
  }

  /** Decodes the next picture; at the end of the file there is none, and nothing happens. */
  void next() {
    while (avcodec_receive_frame(context, frame) < 0) {
      if (av_read_frame(format, packet) < 0) {
        return;
      }
      if (packet.stream_index() == stream) {
        avcodec_send_packet(context, packet);
      }
      av_packet_unref(packet);
    }
  }

  @Override
  public void close() {
    av_frame_free(frame);
    av_packet_free(packet);
    avcodec_free_context(context);
    avformat_close_input(format);
  }
}
