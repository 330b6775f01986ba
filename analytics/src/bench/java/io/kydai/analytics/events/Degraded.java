package io.kydai.analytics.events;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A clip as a worse camera, or worse weather, would have shown it, made by FFmpeg's program. */
enum Degraded {
  /** Two fifths of the light and of the colours are left, and the sensor's noise is seen. */
  NIGHT(
      "[0:v]lutyuv=y='16+(val-16)*0.4':u='128+(val-128)*0.4':v='128+(val-128)*0.4',"
          + "noise=c0s=12:c0f=t:c1s=6:c1f=t:c2s=6:c2f=t[out]"),
  /** Streaks that change with every picture, less contrast, and a wet lens. */
  RAIN(
      "[0:v]split[seen][same];"
          + "[same]lutyuv=y=0:u=128:v=128,noise=c0s=100:c0f=t,lutyuv=y='if(gt(val,121),255,0)',"
          + "avgblur=sizeX=1:sizeY=9:planes=1,lutyuv=y='min(255,val*7)'[rain];"
          + "[seen]eq=contrast=0.75:brightness=0.04:saturation=0.7,gblur=sigma=1.2[dull];"
          + "[dull][rain]blend=c0_mode=screen:c0_opacity=0.5[out]"),
  /** Light scattered in the air over all of it: a third of the contrast, nothing dark. */
  HAZE("[0:v]eq=contrast=0.35:brightness=0.15[out]"),
  /** Every picture moved at random by up to 1.5 % of its width and height, each way. */
  SHAKE(
      "[0:v]pad=w='2*ceil(iw*0.515)':h='2*ceil(ih*0.515)':x='(ow-iw)/2':y='(oh-ih)/2',"
          + "crop=w='iw/1.03':h='ih/1.03':x='(iw-ow)*random(1)':y='(ih-oh)*random(2)'[out]"),
  /** 80 kbit/s. */
  LOW_RATE("[0:v]null[out]"),
  /** A sub-stream of 320 pixels' width. */
  SMALL("[0:v]scale=320:-2[out]");

  private final String filter;

  Degraded(String filter) {
    this.filter = filter;
  }

  /** As it is given on the command line. */
  String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  static Degraded of(String word) {
    return Stream.of(values())
        .filter(one -> one.word().equals(word))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "--degrade is one of "
                        + Stream.of(values()).map(Degraded::word).collect(Collectors.joining(", "))
                        + ", not "
                        + word));
  }

  /**
   * Makes the clip, unless it is there already.
   *
   * @return the made file, in the folder
   * @throws IOException when there is no {@code ffmpeg}, or it fails
   */
  Path of(Path clip, Path folder) throws IOException {
    Path made = folder.resolve(clip.getFileName() + "-" + word() + ".mp4");
    if (Files.exists(made)) {
      return made;
    }
    Path unfinished = folder.resolve(clip.getFileName() + "-" + word() + ".part.mp4");
    // All but one are kept nearly as they are: what is lost is lost by the filter.
    List<String> rate =
        this == LOW_RATE
            ? List.of("-preset", "veryfast", "-b:v", "80k", "-maxrate", "80k", "-bufsize", "80k")
            : List.of("-preset", "ultrafast", "-crf", "14");
    List<String> command =
        Stream.of(
                List.of("ffmpeg", "-nostdin", "-v", "error", "-y", "-i", clip.toString()),
                List.of("-filter_complex", filter, "-map", "[out]", "-vsync", "passthrough"),
                List.of("-threads", "1", "-pix_fmt", "yuv420p", "-c:v", "libx264"),
                rate,
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
