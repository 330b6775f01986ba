package io.kydai.console.settings;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The reasons for which reviewers of a site reject reports.
 *
 * @param reasons 1 to 9, each with its own digit
 */
public record RejectReasons(List<Reason> reasons) {
  private static final int MAX = 9;
  private static final int MAX_TEXT = 200;

  /** The setting. */
  public static final DeskSetting<RejectReasons> SETTING =
      new DeskSetting<>(
          "reject-reasons",
          RejectReasons.class,
          new RejectReasons(
              List.of(
                  new Reason(1, "Nhận nhầm vật thể", "Wrong object"),
                  new Reason(2, "Không vi phạm", "No violation"),
                  new Reason(3, "Hình ảnh không rõ", "The pictures do not show it"),
                  new Reason(4, "Trùng với phản ánh khác", "Same as another report"),
                  new Reason(5, "Xe ưu tiên hoặc người có nhiệm vụ", "Emergency or on duty"),
                  new Reason(9, "Lý do khác", "Another reason"))));

  /**
   * A reason.
   *
   * @param digit the key that chooses it, 1 to 9
   * @param vi the words in Vietnamese
   * @param en the words in English
   */
  public record Reason(int digit, String vi, String en) {}

  public RejectReasons {
    reasons = List.copyOf(reasons);
    Set<Integer> digits = new HashSet<>();
    for (int i = 0; i < reasons.size(); i++) {
      Reason reason = reasons.get(i);
      if (reason.digit() < 1 || reason.digit() > MAX || !digits.add(reason.digit())) {
        throw new InvalidSettingException(
            "reasons[" + i + "].digit", "a digit from 1 to 9 that no other reason has");
      }
      if (wrong(reason.vi()) || wrong(reason.en())) {
        throw new InvalidSettingException(
            "reasons[" + i + "]", "words of 1 to " + MAX_TEXT + " characters in both languages");
      }
    }
    if (reasons.isEmpty()) {
      throw new InvalidSettingException("reasons", "1 to 9 reasons");
    }
  }

  private static boolean wrong(String text) {
    return text.isBlank() || text.length() > MAX_TEXT;
  }
}
