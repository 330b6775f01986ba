package io.kydai.console.messages.mail;

import static java.util.Objects.requireNonNull;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * An e-mail to one person. Neither its subject nor its addresses can hold a further header: control
 * characters of the subject become spaces, and an address with one is refused.
 *
 * @param to the address
 * @param id makes its {@code Message-ID} (RFC 5322, section 3.6.4): letters, digits, dots and
 *     dashes, the same for each attempt, so that a mail reader shows a repeated one once
 * @param subject one line, at most {@value #MAX_SUBJECT} characters
 * @param text lines of text
 * @param picture a picture in JPEG that comes with it; null for none
 */
public record Email(String to, String id, String subject, String text, byte @Nullable [] picture) {
  private static final int MAX_SUBJECT = 200;
  private static final Pattern CONTROL = Pattern.compile("[\\p{Cntrl}\\u2028\\u2029]+");
  private static final Pattern ID = Pattern.compile("[A-Za-z0-9.-]{1,100}");

  public Email {
    requireNonNull(text);
    if (!EmailAddress.isOne(to)) {
      throw new IllegalArgumentException("an e-mail address is expected");
    }
    if (!ID.matcher(id).matches()) {
      throw new IllegalArgumentException("letters, digits, dots and dashes are expected");
    }
    String line = CONTROL.matcher(subject).replaceAll(" ").strip();
    subject = line.substring(0, line.offsetByCodePoints(0, shorter(line)));
  }

  private static int shorter(String line) {
    return Math.min(line.codePointCount(0, line.length()), MAX_SUBJECT);
  }
}
