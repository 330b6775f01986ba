package io.kydai.console.http.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.kydai.console.audit.AuditEntry;
import io.kydai.console.audit.AuditEventType;
import io.kydai.console.audit.AuditFilter;
import io.kydai.console.http.Api;
import io.kydai.console.logging.NodeLog;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

class LogLevelApiTest {
  private static final String LEVELS = "/api/v1/log-levels";

  @TempDir Path folder;
  private final NodeLog log = NodeLog.ofProcess();
  private final SortedMap<String, String> before = log.levels();
  private DeskServer desk;

  @BeforeEach
  void start() throws Exception {
    desk = new DeskServer(folder);
  }

  @AfterEach
  void stop() {
    log.setLevels(before);
    desk.close();
  }

  private Api.Answer put(String levels) throws Exception {
    return desk.api.json("PUT", LEVELS, "{\"levels\": %s}".formatted(levels));
  }

  private List<AuditEntry> entries() {
    return desk.audit
        .list(
            new AuditFilter(
                null, null, null, AuditEventType.SETTING_CHANGED, null, null, 500, null))
        .entries();
  }

  @Test
  void theLevelsAreReplacedAndTheChangeIsAudited() throws Exception {
    put("{\"ROOT\": \"warn\", \"io.kydai\": \"info\"}").expect(200);
    int earlier = entries().size();

    JsonNode changed =
        put("{\"ROOT\": \"warn\", \"io.kydai\": \"error\", \"io.kydai.ingest\": \"debug\"}")
            .expect(200)
            .json();

    assertThat(changed.at("/levels/io.kydai.ingest").asText()).isEqualTo("debug");
    assertThat(desk.api.get(LEVELS).expect(200).json()).isEqualTo(changed);
    assertThat(LoggerFactory.getLogger("io.kydai.ingest.Some").isDebugEnabled()).isTrue();
    assertThat(LoggerFactory.getLogger("io.kydai.console.Some").isWarnEnabled()).isFalse();
    List<AuditEntry> entries = entries();
    assertThat(entries).hasSize(earlier + 1);
    assertThat(entries.get(0).details())
        .isEqualTo(
            "{\"changes\":{\"io.kydai\":{\"after\":\"error\",\"before\":\"info\"},"
                + "\"io.kydai.ingest\":{\"after\":\"debug\"}},\"setting\":\"log-levels\"}");

    desk.api.json("PUT", LEVELS, changed.toString()).expect(200);
    assertThat(entries()).hasSize(earlier + 1);
  }

  @Test
  void wrongLevelsAreNamedAndChangeNothing() throws Exception {
    JsonNode levels = desk.api.get(LEVELS).expect(200).json();
    for (String wrong :
        List.of(
            "{\"ROOT\": \"warn\", \"io.netty\": \"debug\"}",
            "{\"ROOT\": \"warn\", \"io.kydai\": \"loud\"}",
            "{\"ROOT\": \"warn\", \"io.kydai\": 3}",
            "{\"io.kydai\": \"info\"}",
            "[]")) {
      JsonNode problem = put(wrong).expect(400).json();
      assertThat(problem.path("field").asText()).as(wrong).startsWith("levels");
    }
    assertThat(desk.api.get(LEVELS).expect(200).json()).isEqualTo(levels);
    assertThat(entries()).isEmpty();
  }
}
