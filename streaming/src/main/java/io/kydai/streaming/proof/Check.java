package io.kydai.streaming.proof;

import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What a check of evidence found.
 *
 * @param alerts how many folders of alerts were read
 * @param files how many files of evidence were read
 * @param documents how many manifests and records of deletions were read
 * @param keys the fingerprints of the public keys by which they were checked
 * @param digests the SHA-256 of each document of the chain, by its number; empty for one alert's
 *     folder
 * @param faults what is wrong; empty where nothing is
 */
public record Check(
    int alerts,
    int files,
    int documents,
    Set<String> keys,
    Map<Long, String> digests,
    List<Fault> faults) {
  public Check {
    keys = Set.copyOf(keys);
    digests = Map.copyOf(digests);
    faults = List.copyOf(faults);
  }

  /** Returns whether nothing is wrong. */
  public boolean whole() {
    return faults.isEmpty();
  }
}
