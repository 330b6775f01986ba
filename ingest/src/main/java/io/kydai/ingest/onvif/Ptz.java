package io.kydai.ingest.onvif;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;

/** Moves a camera by one of its profiles (ONVIF PTZ, version 2). Any thread. */
public final class Ptz {
  private static final int MAX_PRESETS = 256;
  private static final String SCHEMA = "http://www.onvif.org/ver10/schema";

  /**
   * A position that the camera knows.
   *
   * @param token the camera's name for it
   * @param name for people; may be empty
   */
  public record Preset(String token, String name) {}

  private final OnvifCamera camera;
  private final String profile;

  Ptz(OnvifCamera camera, String profile) {
    this.camera = camera;
    this.profile = "<ProfileToken>" + Soap.escaped(profile) + "</ProfileToken>";
  }

  /** The tokens of the camera's mechanisms; none is a camera that cannot move after all. */
  public CompletableFuture<List<String>> nodes() {
    return camera
        .call(OnvifService.PTZ, "GetNodes", "")
        .thenApply(
            answer ->
                answer
                    .children("PTZNode")
                    .limit(MAX_PRESETS)
                    .flatMap(node -> node.attribute("token").stream())
                    .toList());
  }

  /** At most 256. */
  public CompletableFuture<List<Preset>> presets() {
    return camera
        .call(OnvifService.PTZ, "GetPresets", profile)
        .thenApply(
            answer ->
                answer
                    .children("Preset")
                    .filter(one -> one.attribute("token").isPresent())
                    .limit(MAX_PRESETS)
                    .map(
                        one ->
                            new Preset(
                                one.attribute("token").orElseThrow(),
                                one.textAt("Name").map(Soap::shown).orElse("")))
                    .toList());
  }

  /**
   * Begins to move. The camera stops by itself after {@code longest}, so that a lost {@link #stop}
   * does not leave it turning.
   *
   * @param pan -1 left to 1 right, of the greatest speed
   * @param tilt -1 down to 1 up
   * @param zoom -1 out to 1 in
   * @throws IllegalArgumentException when one is beyond that
   */
  public CompletableFuture<Void> move(double pan, double tilt, double zoom, Duration longest) {
    String x = speed(pan);
    String velocity =
        "<Velocity><PanTilt xmlns=\"%s\" x=\"%s\" y=\"%s\"/><Zoom xmlns=\"%s\" x=\"%s\"/></Velocity>"
            .formatted(SCHEMA, x, speed(tilt), SCHEMA, speed(zoom));
    String timeout =
        String.format(Locale.ROOT, "<Timeout>PT%.1fS</Timeout>", longest.toMillis() / 1000.0);
    return call("ContinuousMove", velocity + timeout);
  }

  private static String speed(double value) {
    if (!(value >= -1 && value <= 1)) {
      throw new IllegalArgumentException("a speed is -1 to 1");
    }
    return String.format(Locale.ROOT, "%.3f", value);
  }

  /** Ends every movement. */
  public CompletableFuture<Void> stop() {
    return call("Stop", "<PanTilt>true</PanTilt><Zoom>true</Zoom>");
  }

  /** Moves to a position that the camera knows, by its token. */
  public CompletableFuture<Void> goTo(String preset) {
    return call("GotoPreset", "<PresetToken>" + Soap.escaped(preset) + "</PresetToken>");
  }

  /**
   * Has the camera remember where it looks now.
   *
   * @return the position's token
   */
  public CompletableFuture<String> remember(String name) {
    return camera
        .call(
            OnvifService.PTZ,
            "SetPreset",
            profile + "<PresetName>" + Soap.escaped(name) + "</PresetName>")
        .thenApply(answer -> answer.textAt("PresetToken").orElse(""));
  }

  private CompletableFuture<Void> call(String operation, String content) {
    return camera.call(OnvifService.PTZ, operation, profile + content).thenAccept(done -> {});
  }
}
