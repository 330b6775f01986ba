package io.kydai.console.audit;

import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The published catalogue is what the types of events declare. With {@code -Dkydai.write-docs=true}
 * this writes it anew.
 */
class AuditCatalogueTest {
  private static final Path PAGE = Path.of("../docs/audit-events.md");
  private static final Path SCHEMA = Path.of("../docs/audit-events.schema.json");
  private static final boolean WRITE = Boolean.getBoolean("kydai.write-docs");
  private static final ObjectMapper JSON =
      new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);
  private static final Actor LAN = new Actor(Actor.Kind.ACCOUNT, "01A", "lan");

  @Test
  void thePageIsWhatTheTypesDeclare() throws IOException {
    String declared = AuditCatalogue.markdown();
    if (WRITE) {
      Files.writeString(PAGE, declared);
    }
    assertThat(Files.readString(PAGE)).isEqualTo(declared);
  }

  @Test
  void theSchemaIsWhatTheTypesDeclare() throws IOException {
    String declared = JSON.writeValueAsString(AuditCatalogue.schema()) + "\n";
    if (WRITE) {
      Files.writeString(SCHEMA, declared);
    }
    assertThat(Files.readString(SCHEMA)).isEqualTo(declared);
  }

  @ParameterizedTest
  @EnumSource
  void anEntryWithEveryDetailFitsTheSchema(AuditEventType type) throws IOException {
    AuditEvent event =
        AuditEvent.of(type, LAN, new RequestOrigin("10.0.0.7", "r-1"))
            .camera("gate")
            .report("01R")
            .reason("vì sao");
    AuditEvent full = event;
    AuditEvent longest = event;
    for (Detail detail : type.details()) {
      full = full.detail(detail.name(), example(detail.kind(), 3));
      longest = longest.detail(detail.name(), example(detail.kind(), 9_000));
    }
    for (AuditEvent one : new AuditEvent[] {event, full, longest}) {
      String line = AuditEntry.of(one, 1, Instant.EPOCH, AuditEntry.GENESIS).json();
      assertThat(schema().validate(JSON.readTree(line))).as(line).isEmpty();
    }
  }

  private static Object example(Detail.Kind kind, int length) {
    String text = "x".repeat(length);
    return switch (kind) {
      case TEXT -> text;
      case INTEGER -> 7L;
      case BOOLEAN -> true;
      case TIME -> Instant.EPOCH;
      case OBJECT -> Map.of("a", text);
      case CHANGES -> Map.of("a", Map.of("before", 1.5, "after", text));
    };
  }

  @Test
  void theSchemaRefusesWhatNoEntryHas() throws IOException {
    String line =
        AuditEntry.of(
                AuditEvent.of(AuditEventType.REPORT_VIEWED, LAN, RequestOrigin.NONE),
                1,
                Instant.EPOCH,
                AuditEntry.GENESIS)
            .json();
    for (String wrong :
        new String[] {
          line.replace("\"details\":{}", "\"details\":{\"password\":\"x\"}"),
          line.replace("report.viewed", "report.burnt"),
          line.replace("\"number\":1", "\"number\":0"),
          line.replace("\"kind\":\"account\"", "\"kind\":\"ghost\"")
        }) {
      assertThat(schema().validate(JSON.readTree(wrong))).as(wrong).isNotEmpty();
    }
  }

  private static JsonSchema schema() throws IOException {
    return JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
        .getSchema(JSON.readTree(Files.readString(SCHEMA)));
  }

  @Test
  void namesAreUniqueAndInOneForm() {
    assertThat(Stream.of(AuditEventType.values()).map(AuditEventType::wire).collect(toSet()))
        .hasSize(AuditEventType.values().length)
        .allMatch(wire -> wire.matches("[a-z]+(-[a-z]+)*\\.[a-z]+(-[a-z]+)*"));
    for (AuditEventType type : AuditEventType.values()) {
      assertThat(AuditEventType.of(type.wire())).contains(type);
      assertThat(type.meaning()).endsWith(".");
      assertThat(type.details().stream().map(Detail::name))
          .as(type.wire())
          .doesNotHaveDuplicates()
          .allMatch(name -> name.matches("[a-z0-9]+(-[a-z0-9]+)*"));
    }
  }
}
