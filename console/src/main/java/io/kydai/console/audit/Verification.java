package io.kydai.console.audit;

import org.jspecify.annotations.Nullable;

/**
 * The result of a verification of the chain.
 *
 * <p>The chain shows that no entry between the first and the last was changed, removed or inserted.
 * It cannot show that the newest entries were cut off: for that, compare {@link #hash} with one
 * that was noted elsewhere.
 *
 * @param entries the number of entries that were verified
 * @param first the number of the oldest entry; 0 when there is none
 * @param last the number of the last verified entry; 0 when there is none
 * @param hash the hash of that entry; 64 zeros when there is none
 * @param fault what is wrong, with the number of the entry; null when the chain is whole
 */
public record Verification(
    long entries, long first, long last, String hash, @Nullable String fault) {
  /** Returns whether the chain is whole. */
  public boolean whole() {
    return fault == null;
  }
}
