package io.kydai.console.logging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

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
import java.util.Map;
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

    log.setLevel("io.kydai.ingest", "debug");

    assertThat(log.levels()).containsEntry("io.kydai.ingest", "debug");
    assertThat(context.getLogger("io.kydai.ingest.Some").isDebugEnabled()).isTrue();
    assertThat(context.getLogger("io.kydai.console.Some").isDebugEnabled()).isFalse();
    assertThat(line(Map.of(), "still JSON")).startsWith("{");
  }

  @Test
  void wrongNamesAndLevelsAndTooManyAreRefused() {
    log.use(LogConfig.Format.TEXT);
    for (String[] wrong :
        new String[][] {{"io.kydai", "loud"}, {"io.kydai", "all"}, {"a b", "info"}, {"", "info"}}) {
      assertThatThrownBy(() -> log.setLevel(wrong[0], wrong[1]))
          .isInstanceOf(IllegalArgumentException.class);
    }
    assertThatThrownBy(
            () -> {
              for (int i = 0; i < 200; i++) {
                log.setLevel("some.logger" + i, "off");
              }
            })
        .hasMessageContaining("100 loggers");
    assertThat(log.levels()).hasSize(100);
    log.setLevel("io.kydai", "warn");
  }
}
