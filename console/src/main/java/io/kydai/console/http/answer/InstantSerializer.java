package io.kydai.console.http.answer;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.ser.std.StdSerializer;
import java.io.IOException;
import java.time.Instant;
import java.time.LocalDate;

/**
 * Writes times as {@link Instant#toString} has them: RFC 3339, section 5.6, in UTC, without a
 * fraction or with as many groups of three digits as it needs. A list has hundreds of times, all of
 * them in whole milliseconds, and Java's formatter takes longer for one than the database for the
 * row that it stands in.
 */
final class InstantSerializer extends StdSerializer<Instant> {
  private static final long serialVersionUID = 1;
  private static final int NANOS_IN_MILLI = 1_000_000;
  private static final int SECONDS_IN_DAY = 86_400;
  private static final long YEAR_0 = LocalDate.of(0, 1, 1).toEpochDay() * SECONDS_IN_DAY;
  private static final long YEAR_10000 = LocalDate.of(10_000, 1, 1).toEpochDay() * SECONDS_IN_DAY;

  InstantSerializer() {
    super(Instant.class);
  }

  @Override
  public void serialize(Instant time, JsonGenerator out, SerializerProvider provider)
      throws IOException {
    long second = time.getEpochSecond();
    if (time.getNano() % NANOS_IN_MILLI != 0 || second < YEAR_0 || second >= YEAR_10000) {
      out.writeString(time.toString());
      return;
    }
    char[] text = "0000-00-00T00:00:00.000Z".toCharArray();
    LocalDate day = LocalDate.ofEpochDay(Math.floorDiv(second, (long) SECONDS_IN_DAY));
    int ofDay = Math.floorMod(second, SECONDS_IN_DAY);
    digits(text, 4, day.getYear());
    digits(text, 7, day.getMonthValue());
    digits(text, 10, day.getDayOfMonth());
    digits(text, 13, ofDay / 3600);
    digits(text, 16, ofDay / 60 % 60);
    digits(text, 19, ofDay % 60);
    int milli = time.getNano() / NANOS_IN_MILLI;
    if (milli == 0) {
      text[19] = 'Z';
      out.writeString(text, 0, 20);
      return;
    }
    digits(text, 23, milli);
    out.writeString(text, 0, text.length);
  }

  /** Writes a number over the zeros that end before a place. */
  private static void digits(char[] text, int end, int number) {
    int at = end - 1;
    for (int left = number; left > 0; left /= 10) {
      text[at--] = (char) ('0' + left % 10);
    }
  }
}
