package io.kydai.ingest.source;

/**
 * Makes the form of a command-line argument that may be shown in an error. A camera's address and a
 * login ({@code USER:PASSWORD}) hold a password after their first colon, and a mistyped argument
 * may be either.
 */
public final class ShownArgument {
  private ShownArgument() {}

  /** Returns the argument up to its first colon, followed by an ellipsis; whole without a colon. */
  public static String of(String argument) {
    int colon = argument.indexOf(':');
    return colon < 0 ? argument : argument.substring(0, colon + 1) + "…";
  }
}
