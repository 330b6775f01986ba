package io.kydai.ingest.status;

import io.kydai.ingest.media.CodecParameters;
import io.kydai.ingest.source.CameraId;
import java.time.Instant;
import java.util.Optional;

/**
 * A camera's health at one moment.
 *
 * @param since when it came into this state
 * @param fps access units per second over the last few seconds
 * @param bitsPerSecond of the access units, over the same time
 * @param parameters of the newest access unit, none before the first
 * @param lastError why the last attempt failed or the last connection ended; it names no secret
 * @param reconnects how many times a connection was opened again since the camera was added
 */
public record CameraStatus(
    CameraId camera,
    CameraState state,
    Instant since,
    double fps,
    double bitsPerSecond,
    Optional<CodecParameters> parameters,
    Optional<String> lastError,
    long reconnects) {}
