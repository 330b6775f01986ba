package io.kydai.console.messages;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.kydai.analytics.alert.AlertId;
import io.kydai.analytics.alert.RuleId;
import io.kydai.console.messages.rules.Occasion;
import io.kydai.console.reports.Report;
import io.kydai.console.reports.ReportId;
import io.kydai.console.reports.ReportState;
import io.kydai.ingest.source.CameraId;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The words of the message in place of those that quiet hours held. */
class DigestTextTest {
  private static final URI CONSOLE = URI.create("https://kydai.example/");

  private final List<DigestText.Matter> matters = new ArrayList<>();

  private void held(int times, Occasion occasion, String type) {
    Report report =
        new Report(
            ReportId.of("01JD0000000000000000000000"),
            new Report.Origin(AlertId.of("a"), new CameraId("c"), RuleId.of("r"), type),
            new Report.Handling(ReportState.RECEIVED, null, 1, null, null, null, null),
            new Report.Times(Instant.EPOCH, Instant.EPOCH, null),
            new Report.Participants(List.of(), List.of()),
            new Report.Finding("75F1-12345 was seen", Map.of()),
            List.of(),
            List.of());
    matters.addAll(Collections.nCopies(times, new DigestText.Matter(occasion, report)));
  }

  /** Makes fourteen kinds of 29 matters, which come in any order. */
  private void fourteenKinds() {
    held(2, Occasion.INCIDENT, "wrong-way");
    held(1, Occasion.ESCALATED, "wrong-way");
    held(3, Occasion.REMINDED, "wrong-way");
    held(1, Occasion.INCIDENT, "intrusion");
    held(1, Occasion.ASSIGNED, "crowding");
    held(4, Occasion.INCIDENT, "crowding");
    held(2, Occasion.INCIDENT, "stopped");
    held(1, Occasion.INCIDENT, "red-light");
    held(1, Occasion.INCIDENT, "speeding");
    held(1, Occasion.INCIDENT, "no-entry");
    held(1, Occasion.ESCALATED, "loitering");
    held(1, Occasion.INCIDENT, "loitering");
    held(7, Occasion.INCIDENT, "made-up");
    held(3, Occasion.INCIDENT, "pavement-encroachment");
    Collections.shuffle(matters, new Random(7));
  }

  @Test
  void ofMoreThanTwelveKindsTheMostUrgentAreNamedAndTheOthersCounted() {
    fourteenKinds();
    MessageText english = DigestText.of(matters, false, "en", CONSOLE);
    assertThat(english.subject()).isEqualTo("29 messages of quiet hours, 7 urgent");
    assertThat(english.lines())
        .isEqualTo(
            """
            1 × Late: Wrong way
            3 × Due soon: Wrong way
            1 × Urgent: Intrusion
            2 × Urgent: Wrong way
            1 × Assigned to you: Crowding
            4 × High: Crowding
            1 × High: No entry
            1 × High: Red light
            1 × High: Speeding
            2 × High: Stopped vehicle
            1 × Late: Loitering
            1 × New: Loitering
            10 others
            """);
    assertThat(english.link()).hasToString("https://kydai.example/#/incidents");
    MessageText vietnamese = DigestText.of(matters, true, "vi", CONSOLE);
    assertThat(vietnamese.subject()).isEqualTo("29 việc trong giờ yên lặng, 7 khẩn");
    assertThat(vietnamese.lines())
        .startsWith("1 × Quá hạn: Đi ngược chiều\n3 × Sắp hết hạn: Đi ngược chiều\n")
        .endsWith("\n10 việc khác\n");
    assertThat(vietnamese.lines().lines()).hasSize(13);
    assertThat(vietnamese.link()).hasToString("https://kydai.example/#/agency");
  }

  @Test
  void twelveKindsAreAllNamedAndOneFurtherIsOneOther() {
    fourteenKinds();
    matters.removeIf(one -> one.report().origin().type().equals("made-up"));
    matters.removeIf(one -> one.report().origin().type().equals("pavement-encroachment"));
    assertThat(DigestText.of(matters, false, "en", CONSOLE).lines().lines())
        .hasSize(12)
        .noneMatch(line -> line.contains("other"));
    held(1, Occasion.INCIDENT, "made-up");
    assertThat(DigestText.of(matters, false, "en", CONSOLE).lines()).endsWith("\n1 other\n");
  }

  @Test
  void nothingThatSomebodyWroteOrAPlateIsInIt() {
    fourteenKinds();
    MessageText text = DigestText.of(matters, false, "en", CONSOLE);
    assertThat(text.email()).doesNotContain("75F1").doesNotContain("was seen");
  }

  @Test
  void aBrowserIsShownTheSameAsAnEmailSays() throws Exception {
    fourteenKinds();
    JsonNode shown =
        new ObjectMapper()
            .readTree(DigestText.of(matters, false, "en", CONSOLE).push("id-1", "en"));
    assertThat(shown.get("title").asText()).isEqualTo("29 messages of quiet hours, 7 urgent");
    assertThat(shown.get("body").asText())
        .startsWith("1 × Late: Wrong way\n")
        .endsWith("\n1 × New: Loitering\n10 others");
    assertThat(shown.get("url").asText()).isEqualTo("/#/incidents");
  }
}
