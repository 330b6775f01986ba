package io.kydai.streaming.mp4;

import java.time.Instant;

/** What the tables of whole files have in common (ISO/IEC 14496-12, section 8.6.1). */
final class SampleTables {
  private static final long SECONDS_FROM_1904_TO_1970 = 2_082_844_800L;

  private SampleTables() {}

  /** Writes the number of runs of equal values, and the count and value of each. */
  static void runs(BoxWriter out, long[] values) {
    int countAt = out.size();
    out.u32(0);
    int runs = 0;
    int start = 0;
    for (int i = 1; i <= values.length; i++) {
      if (i == values.length || values[i] != values[start]) {
        out.u32(i - start).u32(values[start]);
        start = i;
        runs++;
      }
    }
    out.patch32(countAt, runs);
  }

  /** Writes an entry for each chunk that has another number of samples than the one before. */
  static void chunks(BoxWriter out, int[] samples) {
    int countAt = out.size();
    out.u32(0);
    int entries = 0;
    for (int i = 0; i < samples.length; i++) {
      if (i == 0 || samples[i] != samples[i - 1]) {
        out.u32(i + 1).u32(samples[i]).u32(1);
        entries++;
      }
    }
    out.patch32(countAt, entries);
  }

  static long secondsSince1904(Instant time) {
    return Math.max(0, time.getEpochSecond() + SECONDS_FROM_1904_TO_1970);
  }
}
