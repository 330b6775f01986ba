package io.kydai.console.http.api.cases;

import io.kydai.console.cases.Cases;
import io.kydai.console.cases.ExportedCase;
import io.kydai.console.http.answer.ApiReply;
import io.kydai.console.http.answer.ErrorText;
import io.kydai.console.http.answer.Problem;
import io.kydai.console.http.api.camera.CameraPlaces;
import io.kydai.console.http.api.camera.Cameras;
import io.kydai.console.http.api.camera.PictureAccess;
import io.kydai.console.http.contract.ApiCall;
import io.kydai.console.users.Caller;
import io.kydai.console.users.CameraPlace;
import io.kydai.console.users.Permission;
import io.kydai.ingest.source.CameraId;
import io.kydai.streaming.privacy.Privacy;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * Who may see a case: those who may export all of its cameras from its beginning on. For others it
 * is not there.
 */
final class CaseAccess {
  private final Cases cases;
  private final Cameras cameras;
  private final PictureAccess pictures;

  CaseAccess(Cases cases, Cameras cameras) {
    this.cases = cases;
    this.cameras = cameras;
    pictures = new PictureAccess(cameras);
  }

  /** Returns whether a caller may see a case. */
  boolean sees(Caller caller, ExportedCase one) {
    return one.wish().cameras().stream()
        .allMatch(
            camera ->
                since(caller, CameraPlaces.of(camera.id(), cameras))
                    .filter(since -> !since.isAfter(one.wish().from()))
                    .isPresent());
  }

  static Optional<Instant> since(Caller caller, CameraPlace place) {
    return caller.since(Permission.EXPORT, place);
  }

  /**
   * Returns the case with an id.
   *
   * @throws Problem 404 where there is none that the caller may see
   */
  ExportedCase find(ApiCall call, String id) {
    ExportedCase one = cases.find(id).orElseThrow(() -> missing(id));
    if (!sees(call.caller(), one)) {
      CameraId camera = one.wish().cameras().get(0).id();
      throw Problem.hidden(words(id), Problem.Refusal.of(Permission.EXPORT, camera));
    }
    return one;
  }

  /**
   * Checks that a caller may have what a case has of its cameras.
   *
   * @throws Problem 403 where something of it is hidden from the caller
   */
  void checkPictures(Caller caller, ExportedCase one) {
    for (ExportedCase.Camera camera : one.wish().cameras()) {
      Privacy hidden = pictures.hidden(caller, camera.id(), one.wish().from());
      if (!camera.hidden().covers(hidden)) {
        throw PictureAccess.refused(camera.id());
      }
    }
  }

  private static Problem missing(String id) {
    return Problem.notFound(words(id));
  }

  private static String words(String id) {
    return "case " + ErrorText.shown(id);
  }

  /** Returns the archive as an answer of which ranges may be asked for. */
  static ApiReply archive(ExportedCase one, Path file) {
    // Both are there where the archive is.
    long size = one.size() == null ? 0 : one.size();
    String name =
        URLEncoder.encode(one.wish().title().replace('/', '-') + ".zip", StandardCharsets.UTF_8)
            .replace("+", "%20")
            .replace("*", "%2A");
    return new ApiReply.File(
        file,
        size,
        "application/zip",
        "\"" + one.sha256() + "\"",
        Map.of(
            "Cache-Control",
            "private, no-store",
            "Content-Disposition",
            "attachment; filename=\"case-" + one.id() + ".zip\"; filename*=UTF-8''" + name));
  }
}
