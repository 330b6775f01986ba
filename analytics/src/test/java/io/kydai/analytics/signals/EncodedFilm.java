package io.kydai.analytics.signals;

import static org.bytedeco.ffmpeg.global.avcodec.av_packet_alloc;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_free;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_unref;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_alloc_context3;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_find_encoder_by_name;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_free_context;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_open2;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_receive_packet;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_send_frame;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_YUV420P;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_free;
import static org.bytedeco.ffmpeg.global.avutil.av_make_q;

import io.kydai.analytics.AnnexB;
import io.kydai.analytics.decode.Libav;
import io.kydai.ingest.media.AccessUnit;
import io.kydai.ingest.source.CameraId;
import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.Random;
import java.util.function.IntFunction;
import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.ffmpeg.avutil.AVFrame;

/** A drawn film as a camera would send it: H.264 by a real encoder, ten pictures a second. */
final class EncodedFilm {
  static final int FPS = 10;

  private EncodedFilm() {}

  static List<AccessUnit> of(
      CameraId camera, DrawnHead head, int bitsPerSecond, IntFunction<DrawnHead.Look> looks) {
    Libav.quiet();
    AVCodecContext context = avcodec_alloc_context3(avcodec_find_encoder_by_name("libopenh264"));
    context.width(DrawnHead.WIDTH);
    context.height(DrawnHead.HEIGHT);
    context.pix_fmt(AV_PIX_FMT_YUV420P);
    context.time_base(av_make_q(1, FPS));
    context.gop_size(20);
    context.bit_rate(bitsPerSecond);
    Libav.check(avcodec_open2(context, context.codec(), (AVDictionary) null), "encoder");
    AVPacket packet = av_packet_alloc();
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    Random random = new Random(11);
    for (int i = 0; i < DrawnFilm.length() * FPS; i++) {
      AVFrame frame = head.picture(looks.apply(i), 4, random);
      frame.pts(i);
      Libav.check(avcodec_send_frame(context, frame), "encode");
      receive(context, packet, out);
      av_frame_free(frame);
    }
    avcodec_send_frame(context, (AVFrame) null);
    receive(context, packet, out);
    av_packet_free(packet);
    avcodec_free_context(context);
    return AnnexB.split(out.toByteArray(), camera, DrawnHead.WIDTH, DrawnHead.HEIGHT, 90_000 / FPS);
  }

  private static void receive(AVCodecContext context, AVPacket packet, ByteArrayOutputStream out) {
    while (avcodec_receive_packet(context, packet) >= 0) {
      byte[] data = new byte[packet.size()];
      packet.data().get(data);
      out.writeBytes(data);
      av_packet_unref(packet);
    }
  }
}
