package io.kydai.console.http.api.camera;

import static java.util.Objects.requireNonNullElse;

import io.kydai.console.config.camera.CameraConfig;
import io.kydai.console.discovery.CameraOffer;
import io.kydai.console.discovery.TestedStream;
import io.kydai.console.http.answer.ErrorText;
import io.kydai.ingest.media.CodecParameters;
import io.kydai.ingest.source.HostAndPort;
import io.kydai.ingest.status.CameraFault;
import java.net.URI;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The contract's {@code CameraTest}. No address has a user or a password; what an address's query
 * may hold of these is masked.
 *
 * @param kind {@code rtsp} or {@code onvif}: what the address was taken for
 * @param fault null where a picture came
 * @param detail the fault as an English sentence; null where a picture came
 * @param picture the first picture as JPEG in base64; null where none came
 * @param firstPictureMs milliseconds to the first picture; null where none came
 * @param device what an ONVIF camera says of itself; null for {@code rtsp}
 * @param cameras the ids of the configured cameras at the same host and port
 */
record CameraTestAnswer(
    String kind,
    String address,
    @Nullable Fault fault,
    @Nullable String detail,
    @Nullable String picture,
    @Nullable Long firstPictureMs,
    List<Stream> streams,
    @Nullable Device device,
    List<String> cameras) {
  /** Why there is no picture, and what a person can do; both for programs that word it. */
  record Fault(String code, String remedy) {
    static Fault of(CameraFault fault) {
      return new Fault(ErrorText.dashed(fault), CameraRemedy.of(fault).wire());
    }
  }

  /**
   * A stream of the camera.
   *
   * @param role {@code main}, {@code sub} or {@code other}
   * @param encoding such as {@code h264}; empty where it is not known
   * @param tested whether the picture is of this stream, or it was seen to work
   */
  record Stream(
      String url, String role, String encoding, int width, int height, double fps, boolean tested) {
    static Stream of(String role, String url, TestedStream tested) {
      CodecParameters parameters = tested.parameters();
      return new Stream(
          CameraConfig.shown(URI.create(url)),
          role,
          parameters == null ? "" : ErrorText.dashed(parameters.codec()),
          parameters == null ? 0 : parameters.width(),
          parameters == null ? 0 : parameters.height(),
          rounded(tested.fps()),
          tested.works());
    }

    static Stream offered(CameraOffer.Stream stream, @Nullable TestedStream tested) {
      CodecParameters parameters = tested == null ? null : tested.parameters();
      return new Stream(
          CameraConfig.shown(Objects.requireNonNull(stream.url())),
          ErrorText.dashed(stream.role()),
          requireNonNullElse(stream.profile().encoding(), "").toLowerCase(Locale.ROOT),
          parameters == null ? stream.profile().width() : parameters.width(),
          parameters == null ? stream.profile().height() : parameters.height(),
          tested != null && tested.works() ? rounded(tested.fps()) : stream.profile().fps(),
          tested != null && tested.works());
    }

    private static double rounded(double fps) {
      return Math.round(fps * 10) / 10.0;
    }
  }

  /** What an ONVIF camera says of itself. */
  record Device(String maker, String model, double clockOffsetSeconds, boolean ptz) {}

  static CameraTestAnswer failed(String kind, String code, URI address) {
    String remedy = code.equals("login-refused") ? "correct-password" : "correct-address";
    return new CameraTestAnswer(
        kind,
        CameraConfig.shown(address),
        new Fault(code, remedy),
        null,
        null,
        null,
        List.of(),
        null,
        List.of());
  }

  static CameraTestAnswer of(
      String kind,
      URI address,
      TestedStream tested,
      List<Stream> streams,
      @Nullable CameraOffer offer) {
    CameraFault fault = tested.fault();
    byte[] picture = tested.picture();
    return new CameraTestAnswer(
        kind,
        CameraConfig.shown(address),
        fault == null ? null : Fault.of(fault),
        fault == null ? null : tested.detail(),
        picture == null ? null : Base64.getEncoder().encodeToString(picture),
        picture == null ? null : tested.firstPicture().toMillis(),
        streams,
        offer == null
            ? null
            : new Device(
                offer.device().maker(),
                offer.device().model(),
                offer.clockOffset().toMillis() / 1000.0,
                offer.movable()),
        List.of());
  }

  /** Returns the answer with the ids of the configured cameras that are at its address. */
  CameraTestAnswer withKnown(List<CameraView> configured) {
    List<String> known = new ArrayList<>();
    URI at = URI.create(address);
    for (CameraView view : configured) {
      boolean same =
          view.config()
              .source()
              .filter(source -> HostAndPort.same(source.address(), at))
              .isPresent();
      if (same) {
        known.add(view.config().id().value());
      }
    }
    return new CameraTestAnswer(
        kind, address, fault, detail, picture, firstPictureMs, streams, device, known);
  }

  /** Returns the answer without its picture. */
  CameraTestAnswer withoutPicture() {
    return new CameraTestAnswer(
        kind, address, fault, detail, null, firstPictureMs, streams, device, cameras);
  }
}
