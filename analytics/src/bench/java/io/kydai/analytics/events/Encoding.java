package io.kydai.analytics.events;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** A clip as another encoder would have sent it, made by FFmpeg's program. */
enum Encoding {
  /** As cameras send it: no B-pictures, an intra picture each two seconds at 25 per second. */
  PLAIN(Encoding.X264 + "-tune zerolatency -bf 0 -g 50 -crf 25"),
  /** Three of four pictures are B-pictures, also as references. */
  B_PICTURES(Encoding.X264 + "-bf 3 -g 50 -crf 25 -x264-params b-adapt=0:b-pyramid=normal"),
  /** 80 kbit/s, without B-pictures. */
  LOW_RATE(Encoding.X264 + "-tune zerolatency -bf 0 -g 50 -b:v 80k -maxrate 80k -bufsize 80k"),
  /** H.265 without B-pictures, of which no decoder hands out motion vectors. */
  H265(
      "-c:v libx265 -preset ultrafast -crf 27"
          + " -x265-params bframes=0:keyint=50:log-level=none:pools=1:frame-threads=1"),
  /** Motion JPEG, which has none; in the clip's own time base, as two pictures of one tick fail. */
  MJPEG("-c:v mjpeg -q:v 6 -enc_time_base -1");

  private static final String X264 = "-c:v libx264 -preset veryfast ";

  private final String options;

  Encoding(String options) {
    this.options = options;
  }

  static Encoding of(String word) {
    return valueOf(word.toUpperCase(Locale.ROOT).replace('-', '_'));
  }

  /** As it is given on the command line. */
  String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  private String pixels() {
    return this == MJPEG ? "yuvj420p" : "yuv420p";
  }

  /**
   * Makes the clip, unless it is there already.
   *
   * @return the made file, in the folder
   * @throws IOException when there is no {@code ffmpeg}, or it fails
   */
  Path of(String name, Path clip, Path folder) throws IOException {
    Path made = folder.resolve(name + "-as-" + word() + ".mp4");
    if (Files.exists(made)) {
      return made;
    }
    Path unfinished = folder.resolve(name + "-as-" + word() + ".part.mp4");
    List<String> command =
        Stream.of(
                List.of("ffmpeg", "-nostdin", "-v", "error", "-y", "-i", clip.toString()),
                List.of("-an", "-vsync", "passthrough", "-threads", "1", "-pix_fmt", pixels()),
                List.of(options.split(" ")),
                List.of(unfinished.toString()))
            .flatMap(List::stream)
            .toList();
    Process ffmpeg = new ProcessBuilder(command).redirectError(Redirect.INHERIT).start();
    try {
      if (ffmpeg.waitFor() != 0) {
        throw new IOException("ffmpeg could not make " + made);
      }
    } catch (InterruptedException e) {
      ffmpeg.destroy();
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while making " + made, e);
    }
    return Files.move(unfinished, made, StandardCopyOption.REPLACE_EXISTING);
  }
}
