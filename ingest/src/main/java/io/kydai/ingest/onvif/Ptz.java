package io.kydai.ingest.onvif;

import io.kydai.ingest.onvif.soap.Soap;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;

/** The pan, tilt and zoom control of a media profile (ONVIF PTZ, version 2). Thread-safe. */
public final class Ptz {
  private static final int MAX_PRESETS = 256;
  private static final String SCHEMA = "http://www.onvif.org/ver10/schema";

  /**
   * A position that is stored in the camera.
   *
   * @param token the camera's identifier of the position
   * @param name the name for display; may be empty
   */
  public record Preset(String token, String name) {}

  private final OnvifCamera camera;
  private final String profile;

  Ptz(OnvifCamera camera, String profile) {
    this.camera = camera;
    this.profile = "<ProfileToken>" + Soap.escaped(profile) + "</ProfileToken>";
  }

  /**
   * Returns the tokens of the camera's PTZ nodes, at most 256. A camera without nodes cannot move
   * although it has the PTZ service.
   */
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

  /** Returns the camera's presets, at most 256. */
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
   * Starts a continuous movement. The camera stops by itself after {@code longest}, in case the
   * call of {@link #stop} is lost.
   *
   * @param pan the speed from -1 (left) to 1 (right), relative to the greatest speed
   * @param tilt the speed from -1 (down) to 1 (up)
   * @param zoom the speed from -1 (out) to 1 (in)
   * @param longest the time after which the camera stops
   * @throws IllegalArgumentException when a speed is out of range
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

  /** Stops all movements. */
  public CompletableFuture<Void> stop() {
    return call("Stop", "<PanTilt>true</PanTilt><Zoom>true</Zoom>");
  }

  /**
   * Moves the camera to a stored position.
   *
   * @param preset the position's token
   */
  public CompletableFuture<Void> goTo(String preset) {
    return call("GotoPreset", "<PresetToken>" + Soap.escaped(preset) + "</PresetToken>");
  }

  /**
   * Stores the current position in the camera as a preset.
   *
   * @return the preset's token; empty when the camera gives none
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
