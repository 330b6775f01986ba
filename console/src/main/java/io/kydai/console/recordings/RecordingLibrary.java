package io.kydai.console.recordings;

import io.kydai.streaming.recording.RecordingIndex;
import io.kydai.streaming.recording.RecordingStorage;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The recordings of a node.
 *
 * @param folder of all recorded files
 * @param storage their room, as it was looked at last; empty before the first look
 */
public record RecordingLibrary(
    Path folder, RecordingIndex index, Holds holds, Supplier<Optional<RecordingStorage>> storage) {}
