package io.kydai.streaming.bench;

import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_ID_H264;
import static org.bytedeco.ffmpeg.global.avcodec.AV_PKT_FLAG_KEY;
import static org.bytedeco.ffmpeg.global.avcodec.av_bsf_alloc;
import static org.bytedeco.ffmpeg.global.avcodec.av_bsf_free;
import static org.bytedeco.ffmpeg.global.avcodec.av_bsf_get_by_name;
import static org.bytedeco.ffmpeg.global.avcodec.av_bsf_init;
import static org.bytedeco.ffmpeg.global.avcodec.av_bsf_receive_packet;
import static org.bytedeco.ffmpeg.global.avcodec.av_bsf_send_packet;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_alloc;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_free;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_unref;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_parameters_copy;
import static org.bytedeco.ffmpeg.global.avformat.av_find_best_stream;
import static org.bytedeco.ffmpeg.global.avformat.av_read_frame;
import static org.bytedeco.ffmpeg.global.avformat.avformat_close_input;
import static org.bytedeco.ffmpeg.global.avformat.avformat_find_stream_info;
import static org.bytedeco.ffmpeg.global.avformat.avformat_open_input;
import static org.bytedeco.ffmpeg.global.avutil.AVMEDIA_TYPE_VIDEO;
import static org.bytedeco.ffmpeg.global.avutil.AV_NOPTS_VALUE;
import static org.bytedeco.ffmpeg.global.avutil.av_make_q;
import static org.bytedeco.ffmpeg.global.avutil.av_rescale_q;

import io.kydai.analytics.decode.Libav;
import io.kydai.ingest.media.AccessUnit;
import io.kydai.ingest.media.MediaTime;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.ffmpeg.avcodec.AVBSFContext;
import org.bytedeco.ffmpeg.avcodec.AVCodec;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avformat.AVFormatContext;
import org.bytedeco.ffmpeg.avformat.AVInputFormat;
import org.bytedeco.ffmpeg.avformat.AVStream;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.ffmpeg.avutil.AVRational;

/** A file's H.264 as the access units in which a camera would have sent it. */
final class Recording {
  private static final AVRational TICKS = av_make_q(1, MediaTime.TICKS_PER_SECOND);
  // Of a file that tells no times, such as an elementary stream.
  private static final long UNTOLD_TICKS = MediaTime.TICKS_PER_SECOND / 10;

  private Recording() {}

  /**
   * Reads the beginning of a file.
   *
   * @return up to so many access units, in decoding order; they are all in memory
   * @throws io.kydai.analytics.decode.DecodeException when the file cannot be read
   * @throws IllegalArgumentException when its video is not H.264
   */
  static List<AccessUnit> read(Path file, int most) {
    Libav.quiet();
    AVFormatContext format = new AVFormatContext(null);
    String name = "file:" + file.toAbsolutePath();
    Libav.check(
        avformat_open_input(format, name, (AVInputFormat) null, (AVDictionary) null),
        file.toString());
    try {
      Libav.check(avformat_find_stream_info(format, (AVDictionary) null), file.toString());
      int index =
          Libav.check(
              av_find_best_stream(format, AVMEDIA_TYPE_VIDEO, -1, -1, (AVCodec) null, 0),
              file.toString());
      AVStream stream = format.streams(index);
      if (stream.codecpar().codec_id() != AV_CODEC_ID_H264) {
        throw new IllegalArgumentException(file + " is not H.264, which is what is measured");
      }
      return read(format, stream, most);
    } finally {
      avformat_close_input(format);
    }
  }

  private static List<AccessUnit> read(AVFormatContext format, AVStream stream, int most) {
    List<AccessUnit> units = new ArrayList<>();
    AccessUnits cutter =
        new AccessUnits(stream.codecpar().width(), stream.codecpar().height(), units::add);
    AVBSFContext annexB = new AVBSFContext(null);
    AVPacket packet = av_packet_alloc();
    try {
      // Brings parameter sets into the stream, and lengths to start codes; leaves a stream be.
      Libav.check(av_bsf_alloc(av_bsf_get_by_name("h264_mp4toannexb"), annexB), "filter");
      Libav.check(avcodec_parameters_copy(annexB.par_in(), stream.codecpar()), "filter");
      Libav.check(av_bsf_init(annexB), "filter");
      while (units.size() < most && av_read_frame(format, packet) >= 0) {
        if (packet.stream_index() != stream.index()) {
          av_packet_unref(packet);
          continue;
        }
        Libav.check(av_bsf_send_packet(annexB, packet), "filter");
        while (av_bsf_receive_packet(annexB, packet) >= 0) {
          byte[] bytes = new byte[packet.size()];
          packet.data().get(bytes);
          boolean key = (packet.flags() & AV_PKT_FLAG_KEY) != 0;
          cutter.add(bytes, mediaTime(packet, stream, units.size()), key);
          av_packet_unref(packet);
        }
      }
    } finally {
      av_packet_free(packet);
      av_bsf_free(annexB);
    }
    return units;
  }

  private static long mediaTime(AVPacket packet, AVStream stream, int number) {
    long time = packet.pts();
    return time == AV_NOPTS_VALUE
        ? number * UNTOLD_TICKS
        : Math.max(0, av_rescale_q(time, stream.time_base(), TICKS));
  }
}
