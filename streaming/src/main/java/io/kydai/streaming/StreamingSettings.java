package io.kydai.streaming;

import java.nio.file.Path;
import java.time.Duration;

/**
 * Where evidence goes and how much of it.
 *
 * @param evidence the folder of evidence; one folder per alert is made in it
 * @param preRoll of a clip, before the alert's start
 * @param postRoll of a clip, after the alert opened
 */
public record StreamingSettings(Path evidence, Duration preRoll, Duration postRoll) {}
