package io.kydai.console.cases;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.joining;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.kydai.console.evidence.SoftwareVersion;
import io.kydai.streaming.export.ExportedVideo;
import io.kydai.streaming.export.RenderedVideo;
import io.kydai.streaming.export.Rendition;
import io.kydai.streaming.export.StoredZip;
import io.kydai.streaming.privacy.PrivacyMask;
import io.kydai.streaming.proof.CaseCheck;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The documents in a case's archive, which {@code docs/cases.md} describes. */
final class CaseDocuments {
  private static final ObjectMapper JSON =
      JsonMapper.builder()
          .enable(SerializationFeature.INDENT_OUTPUT)
          .enable(JsonWriteFeature.ESCAPE_NON_ASCII)
          .build();

  private CaseDocuments() {}

  /**
   * A video of a case.
   *
   * @param takenByCamera how much of it has times of the camera's own clock, 0 to 1
   * @param thinned the spans of which only key frames were left
   * @param encodedAnew what was done to its pictures; null where they are the camera's own
   */
  record Video(
      String camera,
      Instant from,
      Instant to,
      long pictures,
      double takenByCamera,
      List<ExportedVideo.Span> thinned,
      @Nullable EncodedAnew encodedAnew,
      StoredZip.Written written) {}

  /** What was drawn into the pictures of a video, and hidden on them. */
  record EncodedAnew(Rendition rendition, RenderedVideo.Rendered rendered) {
    Map<String, Object> json() {
      Map<String, Object> json = new LinkedHashMap<>();
      json.put("clock", rendition.clock() ? rendition.zone().getId() : null);
      json.put("picturesWithBoxes", rendition.boxes() ? rendered.boxed() : null);
      json.put("masks", rendition.hidden().masks().stream().map(PrivacyMask::id).toList());
      json.put("blur", blur());
      json.put("picturesBlurredAsAWhole", rendered.blurredWhole());
      return json;
    }

    private List<String> blur() {
      return rendition.hidden().blur().stream()
          .map(target -> target.name().toLowerCase(Locale.ROOT))
          .toList();
    }

    /** The same for people. */
    String text() {
      List<String> done = new ArrayList<>();
      if (rendition.boxes()) {
        done.add("khung / boxes");
      }
      if (rendition.clock()) {
        done.add("đồng hồ / clock " + rendition.zone().getId());
      }
      rendition.hidden().masks().forEach(mask -> done.add("che / mask " + mask.id()));
      blur().forEach(target -> done.add("làm mờ / blur " + target));
      return "mã hóa lại / encoded anew: " + String.join(", ", done);
    }
  }

  /**
   * A camera of a case.
   *
   * @param clockOffset the camera's clock minus this machine's when the case was made, in seconds;
   *     null where the camera does not say
   */
  record CameraPart(
      ExportedCase.Camera camera,
      @Nullable Double clockOffset,
      List<CaseGaps.Missing> missing,
      List<Video> videos) {}

  /**
   * Writes the manifest, in ASCII.
   *
   * @param key the fingerprint of the key that signs it
   * @param head the newest link of the chain of evidence at that time; null where there is none
   * @param notes of the notes' file
   */
  static byte[] manifest(
      ExportedCase one,
      List<CameraPart> cameras,
      StoredZip.Written notes,
      String key,
      @Nullable String head,
      Instant madeAt) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("kydai", CaseCheck.KIND);
    json.put("key", key);
    json.put("madeAt", madeAt.toString());
    json.put("software", "Kydai " + SoftwareVersion.of());
    json.put("evidenceHead", head);
    json.put("case", about(one));
    List<Map<String, Object>> listed = new ArrayList<>();
    List<Map<String, Object>> files = new ArrayList<>();
    for (CameraPart camera : cameras) {
      listed.add(camera(camera, madeAt));
      camera.videos().forEach(video -> files.add(video(video)));
    }
    json.put("cameras", listed);
    files.add(file(notes, "text/plain"));
    json.put("files", files);
    try {
      return (JSON.writeValueAsString(json) + "\n").getBytes(US_ASCII);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Map<String, Object> about(ExportedCase one) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("id", one.id());
    json.put("title", one.wish().title());
    json.put("reason", one.wish().reason());
    json.put("askedBy", one.actor());
    json.put("askedAt", one.createdAt().toString());
    json.put("from", one.wish().from().toString());
    json.put("to", one.wish().to().toString());
    return json;
  }

  private static Map<String, Object> camera(CameraPart part, Instant madeAt) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("id", part.camera().id().value());
    json.put("name", part.camera().name());
    Map<String, Object> clock = new LinkedHashMap<>();
    clock.put("asOf", madeAt.toString());
    clock.put("cameraMinusServerSeconds", part.clockOffset());
    json.put("clock", clock);
    List<Map<String, Object>> gaps = new ArrayList<>();
    for (CaseGaps.Missing gap : part.missing()) {
      Map<String, Object> one = new LinkedHashMap<>();
      one.put("from", gap.from().toString());
      one.put("to", gap.to().toString());
      one.put("reason", gap.reason());
      gaps.add(one);
    }
    json.put("gaps", gaps);
    return json;
  }

  private static Map<String, Object> video(Video video) {
    Map<String, Object> json = file(video.written(), "video/mp4");
    json.put("camera", video.camera());
    json.put("from", video.from().toString());
    json.put("to", video.to().toString());
    json.put("pictures", video.pictures());
    json.put("timesByCameraClock", video.takenByCamera());
    json.put("keyFramesOnly", video.thinned().stream().map(CaseDocuments::span).toList());
    EncodedAnew anew = video.encodedAnew();
    json.put("encodedAnew", anew == null ? null : anew.json());
    return json;
  }

  private static Map<String, Object> span(ExportedVideo.Span span) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("from", span.from().toString());
    json.put("to", span.to().toString());
    return json;
  }

  private static Map<String, Object> file(StoredZip.Written written, String mediaType) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("name", written.name());
    json.put("mediaType", mediaType);
    json.put("size", written.size());
    json.put("sha256", written.sha256());
    json.put("blockSize", written.block());
    json.put("blocks", written.blocks());
    return json;
  }

  /** Writes the notes for people, in Vietnamese and English. */
  static byte[] notes(ExportedCase one, List<CameraPart> cameras) {
    StringBuilder text = new StringBuilder();
    line(text, "Hồ sơ / Case", one.wish().title());
    line(text, "Mã / Id", one.id());
    line(text, "Lý do / Reason", one.wish().reason());
    line(text, "Người yêu cầu / Asked by", one.actor() + ", " + one.createdAt());
    line(text, "Từ / From", one.wish().from().toString());
    line(text, "Đến / To", one.wish().to().toString());
    for (CameraPart camera : cameras) {
      text.append("\r\n");
      line(text, "Camera", camera.camera().name() + " (" + camera.camera().id() + ")");
      camera
          .videos()
          .forEach(
              video ->
                  text.append("  ")
                      .append(video.written().name())
                      .append(": ")
                      .append(video.from())
                      .append(" … ")
                      .append(video.to())
                      .append(
                          video.encodedAnew() == null
                              ? ""
                              : " (" + video.encodedAnew().text() + ")")
                      .append("\r\n")
                      .append(thinned(video)));
      camera
          .missing()
          .forEach(
              gap ->
                  text.append("  thiếu / missing: ")
                      .append(gap.from())
                      .append(" … ")
                      .append(gap.to())
                      .append(" (")
                      .append(gap.reason())
                      .append(")\r\n"));
    }
    if (!one.wish().notes().isEmpty()) {
      text.append("\r\n").append(one.wish().notes().replaceAll("\\R", "\r\n")).append("\r\n");
    }
    text.append("\r\nKiểm tra / Check: scripts/verify-evidence CASE.zip --key public-key.pem\r\n");
    return text.toString().getBytes(UTF_8);
  }

  private static String thinned(Video video) {
    return video.thinned().stream()
        .map(
            span ->
                "    chỉ còn khung chính / key frames only: %s … %s\r\n"
                    .formatted(span.from(), span.to()))
        .collect(joining());
  }

  private static void line(StringBuilder text, String name, String value) {
    text.append(name).append(": ").append(value).append("\r\n");
  }
}
