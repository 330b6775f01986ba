package io.kydai.console.http.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.kydai.console.reports.ReportId;
import io.kydai.console.webhooks.DeadLetter;
import io.kydai.console.webhooks.DeadLetterPage;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WebhookApiTest {
  private static final String LETTERS = "/api/v1/webhooks/dead-letters";

  @TempDir Path folder;
  private DeskServer desk;

  @BeforeEach
  void start() throws Exception {
    desk = new DeskServer(folder);
  }

  @AfterEach
  void stop() throws Exception {
    desk.close();
  }

  @Test
  void deadLettersAreListedInPages() throws Exception {
    DeadLetter letter =
        new DeadLetter(
            "https://desk.example",
            "01KAP7Q2M8X9V4C6T1N3B5R7WD",
            "report.received",
            ReportId.of("01KAP7Q2M7J3H5K8P0Q2R4S6TV"),
            Instant.EPOCH,
            Instant.EPOCH.plusSeconds(1),
            15,
            "HTTP status 500");
    desk.deadLetters =
        (limit, cursor) ->
            new DeadLetterPage(List.of(letter), limit + (cursor.isEmpty() ? "a" : cursor));

    JsonNode first = desk.api.get(LETTERS + "?limit=7").expect(200).json();
    assertThat(first.at("/dead-letters/0/event").asText()).isEqualTo(letter.event());
    assertThat(first.at("/dead-letters/0/attempts").asInt()).isEqualTo(15);
    assertThat(first.at("/dead-letters/0/died-at").asText()).isEqualTo("1970-01-01T00:00:01Z");
    assertThat(first.get("next").asText()).isEqualTo("7a");
    JsonNode second = desk.api.get(LETTERS + "?cursor=7a").expect(200).json();
    assertThat(second.get("next").asText()).isEqualTo("507a");
  }

  @Test
  void noDeadLettersAreAnEmptyPageAndWrongParametersAreNamed() throws Exception {
    JsonNode page = desk.api.get(LETTERS).expect(200).json();
    assertThat(page.get("dead-letters")).isEmpty();
    assertThat(page.has("next")).isFalse();
    desk.deadLetters =
        (limit, cursor) -> {
          throw new IllegalArgumentException(
              "the value of 'next' of the previous page is expected");
        };
    for (String query : List.of("limit=0", "limit=201", "cursor=%00", "cursor=x", "page=2")) {
      JsonNode problem = desk.api.get(LETTERS + "?" + query).expect(400).json();
      assertThat(problem.get("field").asText()).isEqualTo(query.substring(0, query.indexOf('=')));
    }
  }
}
