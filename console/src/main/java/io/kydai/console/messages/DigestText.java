package io.kydai.console.messages;

import static java.util.Comparator.comparing;
import static java.util.Comparator.reverseOrder;

import io.kydai.console.incidents.Priority;
import io.kydai.console.messages.rules.Occasion;
import io.kydai.console.reports.Report;
import java.net.URI;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The words of the one message in place of those that quiet hours held: how many of each kind, the
 * most urgent first, and a link to the list. No plate and no text that somebody wrote is in it.
 */
final class DigestText {
  /** Further kinds are one line together. */
  private static final int MAX_KINDS = 12;

  private DigestText() {}

  /** One thing to tell of. */
  record Matter(Occasion occasion, Report report) {
    Priority priority() {
      return Priority.of(report.origin().type());
    }

    Kind kind() {
      return new Kind(priority(), occasion, report.origin().type());
    }
  }

  /** Things of one kind are counted; what is late comes before what is new. */
  private record Kind(Priority priority, Occasion occasion, String type) {
    static final Comparator<Kind> MOST_URGENT_FIRST =
        comparing(Kind::priority)
            .thenComparing(Kind::occasion, reverseOrder())
            .thenComparing(Kind::type);
  }

  /**
   * Makes the words.
   *
   * @param matters two at least
   * @param officer whether the reader works at the agency's page
   */
  static MessageText of(List<Matter> matters, boolean officer, String language, URI console) {
    boolean english = language.equals("en");
    Map<Kind, Integer> kinds = new TreeMap<>(Kind.MOST_URGENT_FIRST);
    matters.forEach(one -> kinds.merge(one.kind(), 1, Integer::sum));
    StringBuilder lines = new StringBuilder();
    int shown = 0;
    int left = matters.size();
    for (Map.Entry<Kind, Integer> one : kinds.entrySet()) {
      if (shown == MAX_KINDS) {
        break;
      }
      shown++;
      left -= one.getValue();
      lines.append(one.getValue()).append(" × ").append(kind(one.getKey(), english)).append('\n');
    }
    if (left > 0) {
      String others = left == 1 ? " other" : " others";
      lines.append(left).append(english ? others : " việc khác").append('\n');
    }
    boolean faults = matters.stream().allMatch(one -> one.occasion() == Occasion.CAMERA_FAULT);
    String page = faults ? "/#/cameras" : officer ? "/#/agency" : "/#/incidents";
    return new MessageText(
        subject(matters, english),
        lines.toString(),
        URI.create(console.toString().replaceFirst("/+$", "") + page));
  }

  private static String kind(Kind kind, boolean english) {
    return MessageText.occasion(kind.occasion(), kind.priority(), english)
        + ": "
        + MessageText.title(kind.type(), english);
  }

  private static String subject(List<Matter> matters, boolean english) {
    long urgent = matters.stream().filter(one -> one.priority() == Priority.URGENT).count();
    String all =
        matters.size() + (english ? " messages of quiet hours" : " việc trong giờ yên lặng");
    return urgent == 0 ? all : all + ", " + urgent + (english ? " urgent" : " khẩn");
  }
}
