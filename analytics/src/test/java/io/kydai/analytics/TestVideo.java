package io.kydai.analytics;

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
import static org.bytedeco.ffmpeg.global.avutil.av_frame_alloc;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_free;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_get_buffer;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_make_writable;
import static org.bytedeco.ffmpeg.global.avutil.av_make_q;

import io.kydai.analytics.decode.Libav;
import io.kydai.ingest.media.AccessUnit;
import io.kydai.ingest.source.CameraId;
import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.function.ObjIntConsumer;
import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.ffmpeg.avutil.AVFrame;

/** H.264 made here and now: a bright bar that wanders over grey, a key frame every ten pictures. */
public final class TestVideo {
  public static final int FPS = 25;
  public static final int TICKS_PER_FRAME = 90_000 / FPS;

  private TestVideo() {}

  public static List<AccessUnit> accessUnits(CameraId camera, int width, int height, int count) {
    return AnnexB.split(byteStream(width, height, count), camera, width, height, TICKS_PER_FRAME);
  }

  private static byte[] byteStream(int width, int height, int count) {
    return byteStream(width, height, count, 400_000, TestVideo::paint);
  }

  /**
   * An H.264 byte stream of other pictures.
   *
   * @param paint puts the picture of a number, from 0 on, into a frame in YUV 4:2:0
   */
  public static byte[] byteStream(
      int width, int height, int count, int bitRate, ObjIntConsumer<AVFrame> paint) {
    Libav.quiet();
    AVCodecContext context = avcodec_alloc_context3(avcodec_find_encoder_by_name("libopenh264"));
    context.width(width);
    context.height(height);
    context.pix_fmt(AV_PIX_FMT_YUV420P);
    context.time_base(av_make_q(1, FPS));
    context.gop_size(10);
    context.bit_rate(bitRate);
    Libav.check(avcodec_open2(context, context.codec(), (AVDictionary) null), "encoder");
    AVFrame frame = av_frame_alloc();
    frame.width(width);
    frame.height(height);
    frame.format(AV_PIX_FMT_YUV420P);
    Libav.check(av_frame_get_buffer(frame, 0), "frame");
    AVPacket packet = av_packet_alloc();
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (int i = 0; i < count; i++) {
      Libav.check(av_frame_make_writable(frame), "frame");
      paint.accept(frame, i);
      frame.pts(i);
      Libav.check(avcodec_send_frame(context, frame), "encode");
      receive(context, packet, out);
    }
    avcodec_send_frame(context, (AVFrame) null);
    receive(context, packet, out);
    av_packet_free(packet);
    av_frame_free(frame);
    avcodec_free_context(context);
    return out.toByteArray();
  }

  private static void receive(AVCodecContext context, AVPacket packet, ByteArrayOutputStream out) {
    while (avcodec_receive_packet(context, packet) >= 0) {
      byte[] data = new byte[packet.size()];
      packet.data().get(data);
      out.writeBytes(data);
      av_packet_unref(packet);
    }
  }

  static void paint(AVFrame frame, int number) {
    for (int plane = 0; plane < 3; plane++) {
      int height = plane == 0 ? frame.height() : frame.height() / 2;
      int width = plane == 0 ? frame.width() : frame.width() / 2;
      byte[] row = new byte[width];
      for (int x = 0; x < width; x++) {
        boolean bar = plane == 0 && Math.floorMod(x - number * 4, width) < 16;
        row[x] = (byte) (bar ? 220 : 100 + 20 * plane);
      }
      for (int y = 0; y < height; y++) {
        frame.data(plane).position((long) y * frame.linesize(plane)).put(row);
      }
    }
  }
}
