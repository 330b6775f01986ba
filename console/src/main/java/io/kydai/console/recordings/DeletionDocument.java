package io.kydai.console.recordings;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.kydai.ingest.source.CameraId;
import io.kydai.streaming.proof.Sha256;
import io.kydai.streaming.recording.index.DeletionReason;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The document of a record, as JSON in ASCII, which {@code docs/deletions.md} describes.
 *
 * @param previous the digest of the document before, 64 hexadecimal digits
 * @param key the fingerprint of the key that signs it
 * @param files how many files it lists
 * @param list the digest of the list's lines, see {@link DeletedFile#line}
 * @param listsFrom the oldest record of which the list is kept
 * @param recordsFrom the oldest record that is kept
 */
record DeletionDocument(
    long number,
    String previous,
    String key,
    Instant madeAt,
    long files,
    String list,
    long listsFrom,
    long recordsFrom) {
  private static final ObjectMapper JSON =
      JsonMapper.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();
  private static final String KIND = "recording-deletion";

  DeletionDocument {
    requireNonNull(previous);
    requireNonNull(key);
    requireNonNull(madeAt);
    requireNonNull(list);
  }

  /** Returns the digest of a list. */
  static String list(List<DeletedFile> files) {
    StringBuilder lines = new StringBuilder();
    files.forEach(file -> lines.append(file.line()));
    return Sha256.hex(lines.toString().getBytes(US_ASCII));
  }

  /** What was deleted of a camera for a reason. */
  private static final class Sum {
    final List<DeletedFile> files = new ArrayList<>();

    Map<String, Object> json(Of of) {
      Map<String, Object> json = new LinkedHashMap<>();
      json.put("camera", of.camera().value());
      json.put("reason", of.reason().name());
      json.put("from", least(files.stream().map(DeletedFile::start).toList()).toString());
      json.put("to", most(files.stream().map(DeletedFile::end).toList()).toString());
      json.put("files", files.size());
      json.put("bytes", files.stream().mapToLong(DeletedFile::bytes).sum());
      return json;
    }

    private static Instant least(List<Instant> times) {
      return times.stream().min(Instant::compareTo).orElseThrow();
    }

    private static Instant most(List<Instant> times) {
      return times.stream().max(Instant::compareTo).orElseThrow();
    }
  }

  private record Of(CameraId camera, DeletionReason reason) {}

  /** Returns the text that is signed, with what the files come to for each camera and reason. */
  String text(List<DeletedFile> deleted) {
    Map<Of, Sum> sums =
        new TreeMap<>(
            Comparator.comparing((Of of) -> of.camera().value()).thenComparing(Of::reason));
    for (DeletedFile file : deleted) {
      sums.computeIfAbsent(new Of(file.camera(), file.reason()), of -> new Sum()).files.add(file);
    }
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("kydai", KIND);
    json.put("number", number);
    json.put("previous", previous);
    json.put("key", key);
    json.put("madeAt", madeAt.toString());
    json.put("files", files);
    json.put("list", list);
    json.put("listsFrom", listsFrom);
    json.put("recordsFrom", recordsFrom);
    List<Map<String, Object>> deletions = new ArrayList<>();
    sums.forEach((of, sum) -> deletions.add(sum.json(of)));
    json.put("deletions", deletions);
    try {
      return JSON.writeValueAsString(json) + "\n";
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Reads a document; null where the text is none. */
  static @Nullable DeletionDocument read(String text) {
    try {
      JsonNode json = JSON.readTree(text);
      if (json == null || !KIND.equals(json.path("kydai").asText())) {
        return null;
      }
      return new DeletionDocument(
          json.path("number").asLong(),
          json.path("previous").asText(),
          json.path("key").asText(),
          Instant.parse(json.path("madeAt").asText()),
          json.path("files").asLong(),
          json.path("list").asText(),
          json.path("listsFrom").asLong(),
          json.path("recordsFrom").asLong());
    } catch (JsonProcessingException | java.time.DateTimeException e) {
      return null;
    }
  }
}
