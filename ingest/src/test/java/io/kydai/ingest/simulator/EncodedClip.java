package io.kydai.ingest.simulator;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A moving test picture, encoded by Debian's FFmpeg: large enough that pictures need several
 * packets, with a key picture every ten, and with B-pictures where the codec has them.
 */
enum EncodedClip {
  H264("h264", "libx264", "-preset ultrafast -bf 2 -qp 26"),
  H265("h265", "libx265", "-preset ultrafast -bf 2 -x265-params log-level=error:open-gop=0:qp=26"),
  MJPEG("mjpeg", "mjpeg", "-huffman default -pix_fmt yuvj420p -q:v 10");

  static final int PICTURES = 30;

  /**
   * Pictures per second over UDP: slow enough that what comes while a busy machine does not get
   * round to a client for half a second fits into the socket's buffer.
   */
  static final int UDP_FPS = 10;

  private final String name;
  private final String codec;
  private final String options;

  EncodedClip(String name, String codec, String options) {
    this.name = name;
    this.codec = codec;
    this.options = options;
  }

  /** Encodes it into a folder, unless it is there. */
  synchronized Path in(Path folder) throws IOException, InterruptedException {
    Path file = folder.resolve(name() + "." + name);
    if (!file.toFile().exists()) {
      encode(file, "640x480", PICTURES);
    }
    return file;
  }

  void encode(Path file, String size, int pictures) throws IOException, InterruptedException {
    Programs.assumeInstalled("ffmpeg", "ffmpeg");
    List<String> command = new ArrayList<>(List.of("ffmpeg", "-v", "error", "-f", "lavfi"));
    command.addAll(List.of("-i", "testsrc2=size=" + size + ":rate=25", "-frames:v"));
    command.addAll(List.of("" + pictures, "-c:v", codec, "-g", "10", "-keyint_min", "10"));
    command.addAll(List.of(options.split(" ")));
    command.addAll(List.of("-f", name.equals("h265") ? "hevc" : name, file.toString()));
    Programs.run(command.toArray(String[]::new));
  }

  /** The checksums of the file's pictures, as they are shown. */
  static List<String> sums(Path file) throws IOException, InterruptedException {
    return Programs.sums(
        Programs.run("ffmpeg", "-v", "error", "-i", file.toString(), "-f", "framemd5", "-"));
  }
}
