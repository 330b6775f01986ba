package io.kydai.ingest.onvif;

import io.kydai.ingest.onvif.soap.OnvifException;
import io.kydai.ingest.onvif.soap.OnvifException.Kind;
import io.kydai.ingest.onvif.soap.Soap;
import io.kydai.ingest.onvif.soap.XmlElement;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Reads a camera's media profiles and their addresses through the Media 2 service (ONVIF Media2,
 * version 20.12) or the Media service.
 */
final class Media {
  private static final int MAX_PROFILES = 64;
  private static final int MAX_TOKEN = 200;
  private static final int MAX_SIDE = 32_768;

  private Media() {}

  /** Returns the profiles as {@link OnvifCamera#profiles} does. */
  static CompletableFuture<List<MediaProfile>> profiles(OnvifCamera camera) {
    if (!camera.has(OnvifService.MEDIA2)) {
      return list(camera, false);
    }
    // Some cameras announce Media 2, but it returns no profiles or a fault.
    return list(camera, true)
        .exceptionallyCompose(
            failure ->
                camera.has(OnvifService.MEDIA) && OnvifException.of(failure).isRefusal()
                    ? CompletableFuture.completedFuture(List.of())
                    : CompletableFuture.failedFuture(failure))
        .thenCompose(
            found ->
                found.isEmpty() && camera.has(OnvifService.MEDIA)
                    ? list(camera, false)
                    : CompletableFuture.completedFuture(found));
  }

  private static CompletableFuture<List<MediaProfile>> list(OnvifCamera camera, boolean media2) {
    return camera
        .call(
            service(media2),
            "GetProfiles",
            media2 ? "<Type>VideoEncoder</Type><Type>PTZ</Type>" : "")
        .thenApply(
            answer ->
                answer
                    .children("Profiles")
                    .filter(
                        one ->
                            one.attribute("token")
                                .filter(token -> token.length() <= MAX_TOKEN)
                                .isPresent())
                    .limit(MAX_PROFILES)
                    .map(one -> profile(one, media2))
                    .toList());
  }

  private static MediaProfile profile(XmlElement profile, boolean media2) {
    Optional<XmlElement> configurations =
        media2 ? profile.at("Configurations") : Optional.of(profile);
    Optional<XmlElement> encoder =
        configurations.flatMap(
            all -> all.at(media2 ? "VideoEncoder" : "VideoEncoderConfiguration"));
    return new MediaProfile(
        profile.attribute("token").orElseThrow(),
        profile.textAt("Name").map(Soap::shown).orElse(""),
        encoder
            .flatMap(one -> one.textAt("Encoding"))
            .map(name -> Soap.shown(name).toUpperCase(Locale.ROOT))
            .orElse(null),
        side(encoder.orElse(null), "Width"),
        side(encoder.orElse(null), "Height"),
        encoder
            .flatMap(one -> one.textAt("RateControl", "FrameRateLimit"))
            .flatMap(OnvifText::decimal)
            .orElse(0.0),
        media2,
        configurations.flatMap(all -> all.at(media2 ? "PTZ" : "PTZConfiguration")).isPresent());
  }

  private static int side(@Nullable XmlElement encoder, String name) {
    return Optional.ofNullable(encoder)
        .flatMap(one -> one.textAt("Resolution", name))
        .flatMap(OnvifText::integer)
        .filter(pixels -> pixels > 0 && pixels <= MAX_SIDE)
        .orElse(0);
  }

  /** Returns the address as {@link OnvifCamera#streamAddress} does. */
  static CompletableFuture<URI> streamAddress(OnvifCamera camera, MediaProfile profile) {
    CompletableFuture<XmlElement> answer =
        profile.media2()
            ? media2Stream(camera, profile, "RTSP")
                .exceptionallyCompose(
                    failure ->
                        OnvifException.of(failure).kind() == Kind.REFUSED
                            ? media2Stream(camera, profile, "RtspUnicast")
                            : CompletableFuture.failedFuture(failure))
            : camera.call(
                OnvifService.MEDIA,
                "GetStreamUri",
                "<StreamSetup><Stream xmlns=\"http://www.onvif.org/ver10/schema\">RTP-Unicast"
                    + "</Stream><Transport xmlns=\"http://www.onvif.org/ver10/schema\"><Protocol>"
                    + "RTSP</Protocol></Transport></StreamSetup>"
                    + token(profile));
    return answer.thenCompose(
        found ->
            address(
                camera,
                found
                    .find("Uri")
                    .map(XmlElement::text)
                    .flatMap(camera.session().reached()::stream)
                    .orElse(null),
                "names no rtsp address for profile " + Soap.shown(profile.token())));
  }

  private static CompletableFuture<XmlElement> media2Stream(
      OnvifCamera camera, MediaProfile profile, String protocol) {
    return camera.call(
        OnvifService.MEDIA2,
        "GetStreamUri",
        "<Protocol>" + protocol + "</Protocol>" + token(profile));
  }

  /** Returns the address as {@link OnvifCamera#snapshotAddress} does. */
  static CompletableFuture<URI> snapshotAddress(OnvifCamera camera, MediaProfile profile) {
    return camera
        .call(service(profile.media2()), "GetSnapshotUri", token(profile))
        .thenCompose(
            found ->
                address(
                    camera,
                    found
                        .find("Uri")
                        .map(XmlElement::text)
                        .flatMap(camera.session().reached()::service)
                        .orElse(null),
                    "names no address for single pictures"));
  }

  /** Requests a key frame as {@link OnvifCamera#synchronize} does. */
  static CompletableFuture<Void> synchronize(OnvifCamera camera, MediaProfile profile) {
    return camera
        .call(service(profile.media2()), "SetSynchronizationPoint", token(profile))
        .thenAccept(done -> {});
  }

  private static OnvifService service(boolean media2) {
    return media2 ? OnvifService.MEDIA2 : OnvifService.MEDIA;
  }

  private static String token(MediaProfile profile) {
    return "<ProfileToken>" + Soap.escaped(profile.token()) + "</ProfileToken>";
  }

  private static CompletableFuture<URI> address(
      OnvifCamera camera, @Nullable URI found, String failure) {
    return found == null
        ? CompletableFuture.failedFuture(camera.session().failure(Kind.MALFORMED, failure))
        : CompletableFuture.completedFuture(found);
  }
}
