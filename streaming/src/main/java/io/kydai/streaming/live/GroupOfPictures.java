package io.kydai.streaming.live;

import io.kydai.streaming.live.event.Fragment;
import java.util.ArrayList;
import java.util.List;

/**
 * The newest key frame of a camera and what came after it: where a subscriber that joins can start,
 * and how far behind a slow one can fall without losing anything. Pictures are counted from the key
 * frame, which is 0.
 *
 * <table>
 *   <caption>Limits</caption>
 *   <tr><th>what</th><th>limit</th><th>beyond it</th></tr>
 *   <tr><td>pictures</td><td>1,500</td><td rowspan=2>only the newest picture is kept: a subscriber
 *       that keeps up goes on, one that joins or lags waits for the next key frame</td></tr>
 *   <tr><td>bytes</td><td>32 MiB</td></tr>
 * </table>
 *
 * <p>While there are subscribers, the muxed pictures take as many bytes again.
 */
final class GroupOfPictures {
  static final int MAX_PICTURES = 1500;
  static final long MAX_BYTES = 32L << 20;

  private final List<Fragment> kept = new ArrayList<>();
  private int keptFrom;
  private long bytes;
  private boolean overfull;

  /** Forgets everything, and starts with this key frame. */
  void start(Fragment keyFrame) {
    clear();
    overfull = false;
    add(keyFrame);
  }

  void add(Fragment fragment) {
    int size = fragment.size();
    overfull |= kept.size() >= MAX_PICTURES || bytes + size > MAX_BYTES;
    if (overfull && !kept.isEmpty()) {
      keptFrom = end();
      kept.clear();
      bytes = 0;
    }
    kept.add(fragment);
    bytes += size;
  }

  /** Forgets everything; nothing can start here until the next key frame. */
  void clear() {
    kept.clear();
    keptFrom = 0;
    bytes = 0;
  }

  /** The place behind the newest picture; 0 before the first key frame. */
  int end() {
    return keptFrom + kept.size();
  }

  boolean has(int place) {
    return place >= keptFrom && place < end();
  }

  /** Only for a place that it {@link #has}. */
  Fragment at(int place) {
    return kept.get(place - keptFrom);
  }
}
