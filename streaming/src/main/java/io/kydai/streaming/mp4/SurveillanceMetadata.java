package io.kydai.streaming.mp4;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;

/**
 * Where a video comes from and when it was taken, as ONVIF's Export File Format Specification 26.06
 * has it in a {@code meta} box of the file: the boxes {@code suep} (section 5.2) and {@code cstb}
 * (section 5.3), without a seal of its own (section 5.6). Players that do not know them leave them
 * out. The address and the hardware address of camera and node are left empty.
 *
 * @param unit the name of what exported it
 * @param exportedAt when the export began
 * @param operator who asked for it
 * @param source the name of the camera
 * @param start when the beginning of the file's timeline was
 */
public record SurveillanceMetadata(
    String unit, Instant exportedAt, String operator, String source, Instant start) {
  /** Longer texts are cut off, in characters. */
  static final int MOST_CHARACTERS = 256;

  private static final Instant YEAR_1601 = Instant.parse("1601-01-01T00:00:00Z");
  private static final long TENTH_MICROSECONDS = 10_000_000;

  public SurveillanceMetadata {
    requireNonNull(unit);
    requireNonNull(exportedAt);
    requireNonNull(operator);
    requireNonNull(source);
    requireNonNull(start);
  }

  /**
   * Muxes the box, which may stand behind all others of a file.
   *
   * @param tracks how many the file has, whose ids are 1, 2 …
   * @return read-only, owned by the caller
   */
  public ByteBuffer box(int tracks) {
    BoxWriter out = new BoxWriter(512);
    out.fullBox(
        "meta",
        0,
        0,
        () -> {
          // ISO/IEC 14496-12, section 8.11.1: "null" is for a box that only holds others.
          out.fullBox("hdlr", 0, 0, () -> out.u32(0).text("null").zeros(12).u8(0));
          out.fullBox("suep", 1, 0, () -> export(out, tracks));
          out.box("cstb", () -> out.u32(1).u32(1).u64(ticks(start)));
        });
    return out.finish();
  }

  private void export(BoxWriter out, int tracks) {
    string(out, unit);
    string(out, "");
    string(out, "");
    out.u64(SampleTables.secondsSince1904(exportedAt));
    string(out, operator);
    out.u32(tracks);
    for (int track = 1; track <= tracks; track++) {
      out.u16(track);
      string(out, source);
      string(out, "");
      string(out, "");
      string(out, "");
    }
  }

  private static void string(BoxWriter out, String text) {
    String whole = text.replace("\0", "");
    int end =
        whole.offsetByCodePoints(
            0, Math.min(MOST_CHARACTERS, whole.codePointCount(0, whole.length())));
    out.put(whole.substring(0, end).getBytes(UTF_8)).u8(0);
  }

  /** 100 ns since 1601. */
  private static long ticks(Instant at) {
    Duration since = Duration.between(YEAR_1601, at);
    return since.getSeconds() * TENTH_MICROSECONDS + since.getNano() / 100;
  }
}
