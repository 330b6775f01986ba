package io.kydai.console.messages.mail;

import java.util.regex.Pattern;

/**
 * The form of an e-mail address that is taken: a dot-atom and a host's name (RFC 5322, section
 * 3.4.1, without quoted texts and comments). It has no character that could end a header or begin
 * another recipient.
 */
public final class EmailAddress {
  /** The longest address (RFC 5321, section 4.5.3.1.3, without its angle brackets). */
  public static final int MAX = 254;

  private static final String ATOM = "[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]{1,64}";
  private static final String LABEL = "[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?";
  private static final Pattern ADDRESS =
      Pattern.compile(ATOM + "(?:\\." + ATOM + "){0,20}@" + LABEL + "(?:\\." + LABEL + "){0,20}");

  private EmailAddress() {}

  /** Returns whether a text is an address. */
  public static boolean isOne(String text) {
    return text.length() <= MAX && text.indexOf('@') <= 64 && ADDRESS.matcher(text).matches();
  }
}
