package io.kydai.analytics.decode;

import static org.bytedeco.ffmpeg.global.avcodec.av_packet_alloc;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_free;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_unref;
import static org.bytedeco.ffmpeg.global.avformat.av_read_frame;
import static org.bytedeco.ffmpeg.global.avformat.avformat_close_input;
import static org.bytedeco.ffmpeg.global.avformat.avformat_open_input;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avformat.AVFormatContext;
import org.bytedeco.ffmpeg.avformat.AVInputFormat;
import org.bytedeco.ffmpeg.avutil.AVDictionary;

/** A file of H.264 or H.265 without a container, parted into access units as libavformat does. */
final class ElementaryStream {
  private ElementaryStream() {}

  /** The NAL units of each access unit, without start codes. */
  static List<List<byte[]>> read(Path file) {
    Libav.quiet();
    AVFormatContext format = new AVFormatContext(null);
    Libav.check(
        avformat_open_input(format, file.toString(), (AVInputFormat) null, (AVDictionary) null),
        file.toString());
    AVPacket packet = av_packet_alloc();
    List<List<byte[]>> units = new ArrayList<>();
    try {
      while (av_read_frame(format, packet) >= 0) {
        byte[] bytes = new byte[packet.size()];
        packet.data().get(bytes);
        units.add(nals(bytes));
        av_packet_unref(packet);
      }
    } finally {
      av_packet_free(packet);
      avformat_close_input(format);
    }
    return units;
  }

  private static List<byte[]> nals(byte[] stream) {
    List<byte[]> nals = new ArrayList<>();
    int start = -1;
    for (int i = 0; i <= stream.length; i++) {
      boolean end = i == stream.length;
      boolean code =
          i + 2 < stream.length && stream[i] == 0 && stream[i + 1] == 0 && stream[i + 2] == 1;
      if (start >= 0 && (end || code)) {
        int stop = i;
        while (stop > start && stream[stop - 1] == 0) {
          stop--;
        }
        nals.add(Arrays.copyOfRange(stream, start, stop));
        start = -1;
      }
      if (code) {
        start = i + 3;
        i += 2;
      }
    }
    return nals;
  }
}
