package io.kydai.console.messages;

import io.kydai.analytics.alert.AlertId;
import io.kydai.console.config.camera.CameraConfig;
import io.kydai.console.users.CameraPlace;
import io.kydai.ingest.source.CameraId;
import java.net.URI;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * What the site knows of cameras and evidence.
 *
 * @param cameras finds a camera; must not wait
 * @param places finds where a camera stands, also one that was removed
 * @param evidence the path of a file of evidence, by alert and name
 * @param leaving hides on a camera's picture what may not leave the node
 * @param zone the site's
 * @param console the console's address for links
 */
public record Surroundings(
    Function<CameraId, Optional<CameraConfig>> cameras,
    Function<CameraId, CameraPlace> places,
    BiFunction<AlertId, String, Optional<Path>> evidence,
    BiFunction<CameraId, byte[], byte[]> leaving,
    ZoneId zone,
    Supplier<URI> console) {}
