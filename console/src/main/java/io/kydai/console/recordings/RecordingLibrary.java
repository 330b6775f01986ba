package io.kydai.console.recordings;

import io.kydai.console.activity.ActivityReader;
import io.kydai.streaming.playback.SegmentFiles;
import io.kydai.streaming.recording.index.RecordingIndex;
import io.kydai.streaming.recording.retention.RecordingStorage;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The recordings of a node.
 *
 * @param files where each is
 * @param deletions what retention deleted
 * @param activity what moved in front of the cameras
 * @param alertDays on which days there were alerts
 * @param storage their room, as it was looked at last; empty before the first look
 */
public record RecordingLibrary(
    SegmentFiles files,
    RecordingIndex index,
    Holds holds,
    DeletionList deletions,
    ActivityReader activity,
    AlertDays alertDays,
    Supplier<Optional<RecordingStorage>> storage) {}
