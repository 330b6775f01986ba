package io.kydai.console.evidence;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.kydai.analytics.alert.AlertId;
import io.kydai.analytics.rules.settings.RuleSpec;
import io.kydai.console.reports.Report;
import io.kydai.streaming.evidence.EvidenceItem;
import io.kydai.streaming.proof.FileDigests;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The documents of the chain as JSON, which {@code docs/evidence.md} describes. They are ASCII. */
final class ManifestDocument {
  private static final ObjectMapper JSON =
      JsonMapper.builder()
          .enable(SerializationFeature.INDENT_OUTPUT)
          .enable(JsonWriteFeature.ESCAPE_NON_ASCII)
          .build();

  private ManifestDocument() {}

  /**
   * A document's place.
   *
   * @param number in the chain
   * @param previous the digest of the document before, 64 hexadecimal digits
   * @param index among the alert's manifests; 0 for a deletion
   * @param key the fingerprint of the key that signs it
   * @param madeAt when it is written
   */
  record Place(long number, String previous, int index, String key, Instant madeAt) {
    private Map<String, Object> start(String kind) {
      Map<String, Object> json = new LinkedHashMap<>();
      json.put("kydai", kind);
      json.put("number", number);
      json.put("previous", previous);
      json.put("index", index);
      json.put("key", key);
      json.put("madeAt", madeAt.toString());
      json.put("software", "Kydai " + SoftwareVersion.of());
      return json;
    }
  }

  /**
   * A file of evidence.
   *
   * @param digests of its blocks; null where the file is not what was written
   * @param signedVideo what the camera's own signature says of a clip; null where nothing is known
   */
  record ListedFile(
      EvidenceItem item, @Nullable FileDigests digests, @Nullable JsonNode signedVideo) {}

  /** Writes a manifest. */
  static String manifest(
      Place place, Occasion occasion, Report report, List<ListedFile> files, AlertContext context) {
    Map<String, Object> json = place.start("evidence-manifest");
    json.put("occasion", occasion.wire());
    json.put("alert", alert(report));
    json.put("rule", rule(report, context));
    Map<String, Object> clock = new LinkedHashMap<>();
    clock.put("asOf", context.at().toString());
    clock.put("cameraMinusServerSeconds", context.clockOffsetSeconds());
    json.put("clock", clock);
    List<Map<String, Object>> listed = new ArrayList<>();
    files.forEach(file -> listed.add(file(file)));
    json.put("files", listed);
    return text(json);
  }

  private static Map<String, Object> alert(Report report) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("id", report.origin().alert().value());
    json.put("report", report.id().value());
    json.put("camera", report.origin().camera().value());
    json.put("startedAt", report.times().startedAt().toString());
    json.put("receivedAt", report.times().receivedAt().toString());
    Instant ended = report.times().endedAt();
    json.put("endedAt", ended == null ? null : ended.toString());
    json.put("reason", report.finding().reason());
    json.put("measures", report.finding().measures());
    return json;
  }

  private static Map<String, Object> rule(Report report, AlertContext context) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("id", report.origin().rule().value());
    json.put("type", report.origin().type());
    json.put("asOf", context.at().toString());
    RuleSpec rule = context.rule();
    json.put("parameters", rule == null ? null : rule.settings());
    return json;
  }

  private static Map<String, Object> file(ListedFile file) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("name", file.item().name());
    json.put("mediaType", file.item().mediaType());
    json.put("size", file.item().size());
    json.put("sha256", file.item().sha256());
    FileDigests digests = file.digests();
    if (digests != null) {
      json.put("blockSize", FileDigests.BLOCK);
      json.put("blocks", digests.blocks());
    }
    if (file.signedVideo() != null) {
      json.put("signedVideo", file.signedVideo());
    }
    return json;
  }

  /**
   * Writes the record of a deletion.
   *
   * @param files the names of the files that are deleted
   * @param removed the manifests that are deleted with them
   */
  static String deletion(
      Place place,
      AlertId alert,
      String reason,
      List<String> files,
      List<ManifestTable.Row> removed) {
    Map<String, Object> json = place.start("evidence-deletion");
    json.put("alert", Map.of("id", alert.value()));
    json.put("reason", reason);
    json.put("deleted", files);
    List<Map<String, Object>> links = new ArrayList<>();
    for (ManifestTable.Row row : removed) {
      Map<String, Object> link = new LinkedHashMap<>();
      link.put("number", row.number());
      link.put("sha256", row.sha256());
      link.put("previous", previous(row));
      links.add(link);
    }
    json.put("removed", links);
    return text(json);
  }

  private static String previous(ManifestTable.Row row) {
    try {
      return JSON.readTree(row.document()).path("previous").asText();
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String text(Map<String, Object> json) {
    try {
      return JSON.writeValueAsString(json) + "\n";
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }
}
