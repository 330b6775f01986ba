package io.kydai.console.reports;

import static java.util.Locale.ROOT;
import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What the node itself says of a step: a code with its values, which the pages word in their
 * language. The step's reason has the same as an English sentence, for clients that know no codes.
 *
 * @param values by the names that the code declares, at most {@value #MAX_VALUE} characters each,
 *     longer ones are cut; times are in ISO 8601, agencies and reports are ids
 */
public record StepNote(Code code, Map<String, String> values) {
  private static final int MAX_VALUE = 2_000;
  private static final ObjectMapper JSON = new ObjectMapper();

  /** What is said, and the names of the values that it is said with; not all need be there. */
  public enum Code {
    /** The node ended while the event lasted; its end is the last known moment. */
    NODE_ENDED,
    /** The node ended before the clip was whole; there is none. */
    CLIP_LOST,
    /** The report follows another one. */
    FOLLOWS("report"),
    /** It does not follow that one any more. */
    FOLLOWS_NO_MORE("report"),
    /** Somebody muted the rule. */
    RULE_MUTED("actor", "until", "reason"),
    /** A row of the routing table was for it; {@code acting} are those who act for the agency. */
    ROUTED_BY_ROW("row", "type", "area", "at", "agency", "acting"),
    /** No row was for it. */
    ROUTED_TO_DESK("type", "areas", "at", "agency", "acting"),
    /** The clock of its deadline stands. */
    CLOCK_STANDS("reason"),
    /** The clock runs again. */
    CLOCK_RUNS,
    /** It is due soon; the agency is absent where that is the desk's. */
    REMINDED("agency", "due"),
    /** It is late, and the agency above hears of it. */
    ESCALATED("agency", "due", "to"),
    /** It is late, and nobody stands higher. */
    LATE("agency", "due"),
    /** Somebody removed a file from it. */
    ATTACHMENT_REMOVED("name", "reason");

    private final List<String> names;

    Code(String... names) {
      this.names = List.of(names);
    }

    /** Returns the names of the values. */
    public List<String> names() {
      return names;
    }

    /** Returns the code as interfaces write it, such as {@code node-ended}. */
    public String wire() {
      return name().toLowerCase(ROOT).replace('_', '-');
    }
  }

  public StepNote {
    requireNonNull(code);
    Map<String, String> clean = new TreeMap<>();
    values.forEach(
        (name, value) -> {
          if (!code.names().contains(name)) {
            throw new IllegalArgumentException(code + " has no value " + name);
          }
          clean.put(name, ReportText.cleaned(value, MAX_VALUE));
        });
    values = Map.copyOf(clean);
  }

  /** Makes a note without values. */
  static StepNote of(Code code) {
    return new StepNote(code, Map.of());
  }

  /** Returns the note as a column has it. */
  String json() {
    try {
      return JSON.writeValueAsString(Map.of("code", code.wire(), "values", new TreeMap<>(values)));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a note cannot be written", e);
    }
  }

  /** A note as a column has it. */
  private record Column(String code, TreeMap<String, String> values) {}

  /** Returns the note of a column; null where there is none, or one of a later version. */
  static @Nullable StepNote of(@Nullable String json) {
    if (json == null) {
      return null;
    }
    try {
      Column column = JSON.readValue(json, new TypeReference<Column>() {});
      Optional<Code> code =
          Arrays.stream(Code.values()).filter(one -> one.wire().equals(column.code())).findFirst();
      if (code.isEmpty()) {
        return null;
      }
      column.values().keySet().retainAll(code.get().names());
      return new StepNote(code.get(), column.values());
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a step's note is no JSON", e);
    }
  }
}
