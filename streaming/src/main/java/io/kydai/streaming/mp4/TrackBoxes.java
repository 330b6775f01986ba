package io.kydai.streaming.mp4;

import io.kydai.ingest.codec.syntax.PixelAspectRatio;
import io.kydai.ingest.media.CodecParameters;
import io.kydai.ingest.media.MediaTime;
import java.util.List;

/**
 * Writes the boxes that an initialisation segment and a whole file have in common (ISO/IEC
 * 14496-12, section 8). Times are in ticks of 1/90000 s, {@code created} in seconds since 1904.
 */
final class TrackBoxes {
  static final int TRACK = 1;
  static final int SOUND = 2;
  static final int TIMESCALE = MediaTime.TICKS_PER_SECOND;

  /** The matrix that shows a picture as it is, in 16.16 and 2.30 fixed point. */
  private static final int[] IDENTITY = {0x10000, 0, 0, 0, 0x10000, 0, 0, 0, 0x40000000};

  private TrackBoxes() {}

  static void movieHeader(BoxWriter out, long created, long duration) {
    movieHeader(out, created, duration, false);
  }

  static void movieHeader(BoxWriter out, long created, long duration, boolean hasSound) {
    out.fullBox(
        "mvhd",
        1,
        0,
        () -> {
          out.u64(created).u64(created).u32(TIMESCALE).u64(duration);
          out.u32(0x10000).u16(0x100).zeros(10);
          matrix(out);
          out.zeros(24).u32((hasSound ? SOUND : TRACK) + 1);
        });
  }

  static void trackHeader(BoxWriter out, CodecParameters shape, long created, long duration) {
    trackHeader(
        out,
        (long) shape.displayWidth() << 16,
        (long) shape.displayHeight() << 16,
        created,
        duration);
  }

  /**
   * As {@link #trackHeader(BoxWriter, CodecParameters, long, long)}.
   *
   * @param width of the shown picture in pixels, 16.16 fixed point; so the height
   */
  static void trackHeader(BoxWriter out, long width, long height, long created, long duration) {
    int enabledInMovie = 3;
    out.fullBox(
        "tkhd",
        1,
        enabledInMovie,
        () -> {
          out.u64(created).u64(created).u32(TRACK).u32(0).u64(duration);
          out.zeros(16);
          matrix(out);
          out.u32(width).u32(height);
        });
  }

  /** Writes the header of the sound's track, at full volume; times as of the movie. */
  static void soundHeader(BoxWriter out, long created, long duration) {
    int enabledInMovie = 3;
    out.fullBox(
        "tkhd",
        1,
        enabledInMovie,
        () -> {
          out.u64(created).u64(created).u32(SOUND).u32(0).u64(duration);
          out.zeros(12).u16(0x100).u16(0);
          matrix(out);
          out.u32(0).u32(0);
        });
  }

  /**
   * Writes the media of the sound.
   *
   * @param timescale the ticks in a second, of which the duration is
   * @param descriptions writes the sample descriptions, {@code stsd}
   * @param tables writes the sample tables behind them
   */
  static void sound(
      BoxWriter out,
      int timescale,
      long created,
      long duration,
      Runnable descriptions,
      Runnable tables) {
    Runnable header = () -> out.fullBox("smhd", 0, 0, () -> out.zeros(4));
    media(out, timescale, "soun", header, created, duration, descriptions, tables);
  }

  /**
   * Writes a track's media.
   *
   * @param tables writes the sample tables behind the descriptions
   */
  static void media(
      BoxWriter out,
      List<CodecParameters> descriptions,
      long created,
      long duration,
      Runnable tables) {
    media(
        out,
        created,
        duration,
        () -> out.fullBox("stsd", 0, 0, () -> descriptions(out, descriptions)),
        tables);
  }

  /**
   * Writes a track's media.
   *
   * @param descriptions writes the sample descriptions, {@code stsd}
   * @param tables writes the sample tables behind them
   */
  static void media(
      BoxWriter out, long created, long duration, Runnable descriptions, Runnable tables) {
    Runnable header = () -> out.fullBox("vmhd", 0, 1, () -> out.zeros(8));
    media(out, TIMESCALE, "vide", header, created, duration, descriptions, tables);
  }

  private static void media(
      BoxWriter out,
      int timescale,
      String handler,
      Runnable header,
      long created,
      long duration,
      Runnable descriptions,
      Runnable tables) {
    int undeterminedLanguage = 0x55c4;
    out.box(
        "mdia",
        () -> {
          out.fullBox(
              "mdhd",
              1,
              0,
              () ->
                  out.u64(created)
                      .u64(created)
                      .u32(timescale)
                      .u64(duration)
                      .u16(undeterminedLanguage)
                      .u16(0));
          String name = handler.equals("vide") ? "video" : "sound";
          out.fullBox("hdlr", 0, 0, () -> out.u32(0).text(handler).zeros(12).text(name).u8(0));
          out.box(
              "minf",
              () -> {
                header.run();
                int inThisFile = 1;
                out.box(
                    "dinf",
                    () ->
                        out.fullBox(
                            "dref",
                            0,
                            0,
                            () -> out.u32(1).fullBox("url ", 0, inThisFile, () -> {})));
                out.box(
                    "stbl",
                    () -> {
                      descriptions.run();
                      tables.run();
                    });
              });
        });
  }

  private static void descriptions(BoxWriter out, List<CodecParameters> descriptions) {
    out.u32(descriptions.size());
    for (CodecParameters parameters : descriptions) {
      out.box(
          switch (parameters.codec()) {
            case H264 -> "avc1";
            case H265 -> "hvc1";
            case JPEG -> "jpeg";
          },
          () -> {
            int dotsPerInch = 72 << 16;
            out.zeros(6).u16(1).zeros(16).u16(parameters.width()).u16(parameters.height());
            out.u32(dotsPerInch).u32(dotsPerInch).u32(0).u16(1).zeros(32).u16(24).u16(0xffff);
            configuration(out, parameters);
            pixelAspect(out, parameters.pixelAspect());
          });
    }
  }

  private static void configuration(BoxWriter out, CodecParameters parameters) {
    switch (parameters.codec()) {
      case H264 -> out.box("avcC", () -> out.put(parameters.decoderConfiguration()));
      case H265 -> out.box("hvcC", () -> out.put(parameters.decoderConfiguration()));
      case JPEG -> {} // Each picture has its own tables.
    }
  }

  /** Writes {@code pasp} (ISO/IEC 14496-12, section 12.1.4); without it pixels are square. */
  private static void pixelAspect(BoxWriter out, PixelAspectRatio aspect) {
    if (!aspect.isSquare()) {
      out.box("pasp", () -> out.u32(aspect.width()).u32(aspect.height()));
    }
  }

  private static void matrix(BoxWriter out) {
    for (int value : IDENTITY) {
      out.u32(value);
    }
  }
}
