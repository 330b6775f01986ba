package io.kydai.streaming.signedvideo;

import static java.util.Objects.requireNonNull;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the camera's own signatures say of a video.
 *
 * @param state in one word
 * @param reason why it is not checked, in words; null in the other states
 * @param signer the subject of the certificate by which it is signed, and what the camera says of
 *     itself; null where there is none
 * @param fromSeconds from which picture on it is covered by right signatures, in decoding time from
 *     the first picture of the file
 * @param toSeconds the last picture that is covered
 * @param documents how many signing documents the file has
 * @param problems what is wrong, at most {@value #MOST_PROBLEMS}; empty but in {@link
 *     State#INVALID}
 */
public record SignedVideo(
    State state,
    @Nullable String reason,
    @Nullable String signer,
    double fromSeconds,
    double toSeconds,
    int documents,
    List<Problem> problems) {
  /** More than these are not told. */
  public static final int MOST_PROBLEMS = 16;

  /** What there is to say. */
  public enum State {
    /** The video has no signatures. */
    NONE,
    /** All signatures are right, and the signer is vouched for by a trusted root certificate. */
    VALID,
    /** All signatures are right, by a key that no trusted root certificate vouches for. */
    UNKNOWN_SIGNER,
    /** Something is not what was signed, or is missing. */
    INVALID,
    /** There are signatures which could not be checked, see the reason. */
    UNCHECKED;

    /** Returns the word in files and answers, such as {@code unknown-signer}. */
    public String wire() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }

  /**
   * Something that is not what was signed.
   *
   * @param fromSeconds the first picture in question, in decoding time from the file's first
   * @param toSeconds the last one
   * @param firstNal the first NAL unit in question, counted from 0 over all of the file
   * @param lastNal the last one
   * @param what in words
   */
  public record Problem(
      double fromSeconds, double toSeconds, int firstNal, int lastNal, String what) {}

  public SignedVideo {
    requireNonNull(state);
    problems = List.copyOf(problems);
  }

  /** Returns that a video has no signatures. */
  public static SignedVideo none() {
    return new SignedVideo(State.NONE, null, null, 0, 0, 0, List.of());
  }

  /**
   * Returns that signatures were not checked.
   *
   * @param reason in words
   * @param documents how many signing documents the file has
   */
  public static SignedVideo unchecked(String reason, int documents) {
    return new SignedVideo(State.UNCHECKED, reason, null, 0, 0, documents, List.of());
  }

  /** Returns it as a sentence. */
  public String words() {
    return switch (state) {
      case NONE -> "not signed by the camera";
      case VALID -> covered() + ", by " + signer;
      case UNKNOWN_SIGNER -> covered() + ", by a signer whom nobody vouches for: " + signer;
      case INVALID -> {
        Problem first = problems.get(0);
        yield String.format(
            Locale.ROOT,
            "the camera's signature IS NOT RIGHT at %.1f to %.1f s (NAL units %d to %d): %s%s",
            first.fromSeconds(),
            first.toSeconds(),
            first.firstNal(),
            first.lastNal(),
            first.what(),
            problems.size() == 1 ? "" : ", and " + (problems.size() - 1) + " more");
      }
      case UNCHECKED -> "the camera's signature was not checked: " + reason;
    };
  }

  /** Returns it as members of JSON, which {@code docs/signed-video.md} describes. */
  public Map<String, Object> json() {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("state", state.wire());
    if (state == State.NONE) {
      return json;
    }
    json.put("documents", documents);
    if (state == State.UNCHECKED) {
      json.put("reason", reason);
      return json;
    }
    json.put("signer", signer);
    json.put("fromSeconds", fromSeconds);
    json.put("toSeconds", toSeconds);
    json.put("problems", problems);
    return json;
  }

  private String covered() {
    return String.format(
        Locale.ROOT, "the camera's signature is right from %.1f to %.1f s", fromSeconds, toSeconds);
  }
}
