package io.kydai.console.http.api.desk;

import io.kydai.console.http.answer.ApiReply;
import io.kydai.console.http.api.camera.Cameras;
import io.kydai.console.http.api.camera.PictureAccess;
import io.kydai.console.reports.Report;
import io.kydai.console.users.Caller;
import io.kydai.ingest.source.CameraId;
import io.kydai.streaming.evidence.EvidenceItem;
import io.kydai.streaming.privacy.Privacy;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Evidence of cameras with masks or blur, for those who do not see them without: pictures are made
 * anew for each request, from the file that stays as it is; clips and close-ups of plates are
 * refused.
 */
final class MaskedEvidence {
  private static final Set<String> PICTURES = Set.of("snapshot.jpg", "peak.jpg", "end.jpg");
  private static final String OBSERVATIONS = "application/json";

  private final Cameras cameras;
  private final PictureAccess access;

  MaskedEvidence(Cameras cameras) {
    this.cameras = cameras;
    access = new PictureAccess(cameras);
  }

  /**
   * Returns what a caller gets of a file of evidence in place of it.
   *
   * @return empty where the caller gets the file itself
   * @throws io.kydai.console.http.answer.Problem 403 where it cannot be shown with masks
   */
  Optional<ApiReply> answer(Caller caller, Report report, EvidenceItem item, Path file) {
    CameraId camera = report.origin().camera();
    Privacy hidden = access.hidden(caller, camera, report.times().receivedAt());
    if (hidden.isEmpty() || item.mediaType().equals(OBSERVATIONS)) {
      return Optional.empty();
    }
    if (!PICTURES.contains(item.name())) {
      throw PictureAccess.refused(camera);
    }
    try {
      byte[] picture = cameras.masked(Files.readAllBytes(file), hidden);
      return Optional.of(
          new ApiReply.Bytes(
              200,
              "image/jpeg",
              picture,
              Map.of(
                  "Content-Security-Policy",
                  ReportApi.FILE_POLICY,
                  "Cache-Control",
                  "private, no-store",
                  "Kydai-Masked",
                  "yes")));
    } catch (IOException e) {
      throw new UncheckedIOException(file + " cannot be read", e);
    } catch (IllegalArgumentException e) {
      throw PictureAccess.refused(camera); // It is no picture that masks can be drawn on.
    }
  }
}
