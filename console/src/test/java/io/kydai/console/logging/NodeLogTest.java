package io.kydai.console.logging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.LoggingEvent;
import ch.qos.logback.classic.util.LogbackMDCAdapter;
import ch.qos.logback.core.OutputStreamAppender;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.kydai.console.config.LogConfig;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class NodeLogTest {
  private final LoggerContext context = new LoggerContext();
  private final NodeLog log = new NodeLog(context);

  NodeLogTest() {
    context.setMDCAdapter(new LogbackMDCAdapter());
  }

  private String line(Map<String, String> mdc, String message, Object... arguments) {
    Logger root = context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    Logger logger = context.getLogger("io.kydai.console.Some");
    LoggingEvent event = new LoggingEvent("fqcn", logger, Level.WARN, message, null, arguments);
    event.setMDCPropertyMap(mdc);
    OutputStreamAppender<ILoggingEvent> appender =
        (OutputStreamAppender<ILoggingEvent>) root.getAppender("console");
    return new String(appender.getEncoder().encode(event), StandardCharsets.UTF_8);
  }

  @Test
  void aLineOfTextHasTheRequestWhereThereIsOne() {
    log.use(LogConfig.Format.TEXT);

    assertThat(line(Map.of(), "camera '{}' is lost", "gate"))
        .matches("\\d{4}-\\d\\d-\\d\\dT[0-9:.]+Z WARN  Some camera 'gate' is lost\n");
    assertThat(line(Map.of("request", "01ABC"), "failed"))
        .endsWith(" WARN  Some failed request=01ABC\n");
  }

  @Test
  void aLineOfJsonIsOneObject() throws Exception {
    log.use(LogConfig.Format.JSON);

    String line = line(Map.of("request", "01ABC"), "camera '{}' is\nlost", "gate");

    assertThat(line.strip()).doesNotContain("\n");
    JsonNode event = new ObjectMapper().readTree(line);
    assertThat(event.get("level").asText()).isEqualTo("WARN");
    assertThat(event.get("loggerName").asText()).isEqualTo("io.kydai.console.Some");
    assertThat(event.get("formattedMessage").asText()).isEqualTo("camera 'gate' is\nlost");
    assertThat(event.get("message").asText()).isEqualTo("camera '{}' is\nlost");
    assertThat(event.get("mdc").get("request").asText()).isEqualTo("01ABC");
    assertThat(event.get("timestamp").isIntegralNumber()).isTrue();
  }

  @Test
  void aLevelIsChangedAtRunTimeAndTheFormatStays() {
    log.use(LogConfig.Format.JSON);
    assertThat(log.levels()).containsEntry("io.kydai", "info").containsEntry("ROOT", "warn");
    assertThat(context.getLogger("io.kydai.ingest.Some").isDebugEnabled()).isFalse();

    SortedMap<String, String> before =
        log.setLevels(Map.of("ROOT", "error", "io.kydai", "info", "io.kydai.ingest", "debug"));

    assertThat(before).containsOnly(entry("ROOT", "warn"), entry("io.kydai", "info"));
    assertThat(log.levels()).containsEntry("io.kydai.ingest", "debug");
    assertThat(context.getLogger("io.kydai.ingest.Some").isDebugEnabled()).isTrue();
    assertThat(context.getLogger("io.kydai.console.Some").isDebugEnabled()).isFalse();
    assertThat(context.getLogger("com.some.Library").isWarnEnabled()).isFalse();
    assertThat(line(Map.of(), "still JSON")).startsWith("{");
  }

  @Test
  void aLoggerThatIsNotNamedHasTheLevelOfTheOneAboveItAgain() {
    log.use(LogConfig.Format.TEXT);
    SortedMap<String, String> first =
        log.setLevels(Map.of("ROOT", "warn", "io.kydai", "off", "io.kydai.ingest", "trace"));
    assertThat(log.setLevels(first)).containsEntry("io.kydai.ingest", "trace");
    assertThat(log.levels()).isEqualTo(first);
    assertThat(context.getLogger("io.kydai.ingest.Some").isDebugEnabled()).isFalse();
    assertThat(context.getLogger("io.kydai.ingest.Some").isInfoEnabled()).isTrue();
    // Levels of libraries are the program's.
    assertThat(context.getLogger("com.zaxxer.hikari").getLevel()).isEqualTo(Level.ERROR);
  }

  @Test
  void wrongNamesAndLevelsAndTooManyAreRefusedAndChangeNothing() {
    log.use(LogConfig.Format.TEXT);
    SortedMap<String, String> before = log.levels();
    Map<String, String> most = new TreeMap<>(Map.of("ROOT", "warn"));
    for (int i = 1; i < 100; i++) {
      most.put("io.kydai.logger" + i, "off");
    }
    Map<String, String> tooMany = new TreeMap<>(most);
    tooMany.put("io.kydai", "info");
    for (Map<String, String> wrong :
        List.of(
            Map.of("ROOT", "warn", "io.kydai", "loud"),
            Map.of("ROOT", "warn", "io.kydai", "all"),
            Map.of("ROOT", "warn", "io.kydai", "INFO"),
            Map.of("ROOT", "warn", "io.kydai.a b", "info"),
            Map.of("ROOT", "warn", "io.kydaiother", "info"),
            Map.of("ROOT", "warn", "io.kydai." + "a".repeat(192), "info"),
            Map.of("ROOT", "warn", "io.netty", "info"),
            Map.of("ROOT", "warn", "", "info"),
            Map.of("io.kydai", "info"),
            tooMany)) {
      assertThatThrownBy(() -> log.setLevels(wrong))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageStartingWith("Expected: ");
      assertThat(log.levels()).isEqualTo(before);
    }
    log.setLevels(most);
    assertThat(log.levels()).isEqualTo(most);
  }
}
