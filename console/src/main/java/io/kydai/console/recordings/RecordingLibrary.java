package io.kydai.console.recordings;

import io.kydai.streaming.recording.RecordingIndex;
import java.nio.file.Path;

/**
 * The recordings of a node.
 *
 * @param folder of all recorded files
 */
public record RecordingLibrary(Path folder, RecordingIndex index, Holds holds) {}
