package io.kydai.console.discovery;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Guesses the address of a camera's small stream from that of its large one, by the patterns of
 * widespread makers. A guess is only used after it was tested.
 */
public final class SubStreamAddress {
  /** A pattern, and what it is replaced with. */
  private record Guess(Pattern main, String sub) {}

  private static final List<Guess> GUESSES =
      List.of(
          // Hikvision: /Streaming/Channels/101 is the first camera's large stream, 102 its small.
          new Guess(Pattern.compile("(?i)(?<first>/Streaming/Channels/[0-9]+)01\\b"), "${first}02"),
          new Guess(Pattern.compile("(?i)(?<first>/h26[45]/ch[0-9]+/)main/"), "${first}sub/"),
          // Dahua: /cam/realmonitor?channel=1&subtype=0
          new Guess(Pattern.compile("(?i)(?<first>[?&]subtype=)0\\b"), "${first}1"),
          // Uniview: /media/video1
          new Guess(Pattern.compile("(?i)(?<first>/media/video)1\\b"), "${first}2"),
          // TP-Link: /stream1
          new Guess(Pattern.compile("(?i)(?<first>/stream)1$"), "${first}2"),
          // Reolink: /h264Preview_01_main
          new Guess(Pattern.compile("(?i)(?<first>Preview_[0-9]+_)main\\b"), "${first}sub"));

  private SubStreamAddress() {}

  /** Returns the guess; empty where no pattern fits. */
  public static Optional<String> of(String address) {
    for (Guess guess : GUESSES) {
      Matcher matcher = guess.main().matcher(address);
      if (matcher.find()) {
        return Optional.of(matcher.replaceFirst(guess.sub()));
      }
    }
    return Optional.empty();
  }
}
