package io.kydai.streaming.proof;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The chain of a folder's documents, whose gaps, doubles and wrong followers it names. */
final class ChainLinks {
  private record Known(Manifest.Link link, String file) {}

  private final TreeMap<Long, Known> links = new TreeMap<>();
  private final List<Fault> faults = new ArrayList<>();

  /** Adds a document's link. */
  void add(Manifest.Link link, String file) {
    Known other = links.putIfAbsent(link.number(), new Known(link, file));
    if (other != null && !other.link().sha256().equals(link.sha256())) {
      faults.add(
          Fault.of(file, "number " + link.number() + " of the chain is " + other.file() + " too"));
    }
  }

  /** Adds links of deleted evidence, of which a record tells; a file that is there goes first. */
  void addRemoved(Collection<Manifest.Link> removed, String record) {
    for (Manifest.Link link : removed) {
      links.putIfAbsent(link.number(), new Known(link, record));
    }
  }

  /** Returns the digest of each document that is known, by its number. */
  Map<Long, String> digests() {
    Map<Long, String> digests = new TreeMap<>();
    links.forEach((number, known) -> digests.put(number, known.link().sha256()));
    return digests;
  }

  /**
   * Names the faults.
   *
   * @param head the newest link that is known from elsewhere; null where none is
   */
  List<Fault> check(Manifest.@Nullable Link head) {
    long expected = 1;
    String previous = ChainFiles.GENESIS;
    String before = "the beginning";
    for (Map.Entry<Long, Known> entry : links.entrySet()) {
      Known known = entry.getValue();
      if (entry.getKey() > expected) {
        missing(expected, entry.getKey() - 1, before + " and " + known.file());
      } else if (!known.link().previous().equals(previous)) {
        faults.add(
            Fault.of(
                known.file(),
                "number " + entry.getKey() + " of the chain does not follow " + before));
      }
      expected = entry.getKey() + 1;
      previous = known.link().sha256();
      before = known.file();
    }
    if (head != null) {
      Known known = links.get(head.number());
      if (head.number() >= expected) {
        missing(expected, head.number(), before + " and the given head");
      } else if (known != null && !known.link().sha256().equals(head.sha256())) {
        faults.add(
            Fault.of(
                known.file(), "number " + head.number() + " is not the one of the given head"));
      }
    }
    return faults;
  }

  private void missing(long first, long last, String between) {
    faults.add(
        Fault.of(
            ".",
            (first == last ? "number " + first : "numbers " + first + " to " + last)
                + " of the chain missing between "
                + between));
  }
}
