package io.kydai.streaming.recording;

import io.kydai.streaming.mp4.RecordedFile;
import io.kydai.streaming.mp4.RecordedFragment;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Reads the numbers of {@link CameraPictures} out of a recorded file. */
final class RecordedPictures {
  private RecordedPictures() {}

  static List<Long> numbers(Path file) throws IOException {
    List<Long> numbers = new ArrayList<>();
    try (FileChannel channel = FileChannel.open(file)) {
      for (RecordedFragment fragment : RecordedFile.read(channel).fragments()) {
        long at = fragment.mediaOffset();
        for (int size : fragment.samples().sizes()) {
          ByteBuffer number = ByteBuffer.allocate(8);
          channel.read(number, at + 5);
          numbers.add(number.getLong(0));
          at += size;
        }
      }
    }
    return numbers;
  }
}
