package io.kydai.streaming.proof;

import java.io.IOException;
import java.util.regex.Pattern;

/**
 * The names of the files of the chain: {@code manifest.json}, {@code manifest-2.json} and so on
 * beside an alert's evidence, {@code NUMBER.json} for the record of a deletion, and beside each
 * document its signature, which ends in {@code .sig}; {@code NUMBER.tsr} for a time-stamp.
 */
public final class ChainFiles {
  /** What stands for the digest of the document before the first one. */
  public static final String GENESIS = "0".repeat(64);

  private static final String DOCUMENT = ".json";
  private static final String SIGNATURE = ".sig";
  private static final String TIME_STAMP = ".tsr";
  private static final Pattern STAMPED = Pattern.compile("[1-9][0-9]{0,17}\\.tsr");
  private static final Pattern MANIFEST = Pattern.compile("manifest(-[1-9][0-9]{0,5})?\\.json");
  private static final Pattern DELETION = Pattern.compile("[1-9][0-9]{0,18}\\.json");

  private ChainFiles() {}

  /**
   * Returns the name of a manifest.
   *
   * @param index 1 for an alert's first manifest, and so on
   */
  public static String manifest(int index) {
    return (index == 1 ? "manifest" : "manifest-" + index) + DOCUMENT;
  }

  /**
   * Returns the name of the record of a deletion.
   *
   * @param number its place in the chain
   */
  public static String deletion(long number) {
    return number + DOCUMENT;
  }

  /**
   * Returns the name of the time-stamp of a document.
   *
   * @param number its place in the chain
   */
  public static String timeStamp(long number) {
    return number + TIME_STAMP;
  }

  /**
   * Returns the number of the document that a time-stamp is of.
   *
   * @throws IOException when this is no name of a time-stamp
   */
  public static long numberOfTimeStamp(String name) throws IOException {
    if (!STAMPED.matcher(name).matches()) {
      throw new IOException("does not belong here");
    }
    return Long.parseLong(name.substring(0, name.length() - TIME_STAMP.length()));
  }

  /** Returns the name of a document's signature. */
  public static String signature(String document) {
    return document.substring(0, document.length() - DOCUMENT.length()) + SIGNATURE;
  }

  /** Returns whether a name beside an alert's evidence is one that the chain gives. */
  public static boolean isOfManifest(String name) {
    return isManifest(
        name.endsWith(SIGNATURE)
            ? name.substring(0, name.length() - SIGNATURE.length()) + DOCUMENT
            : name);
  }

  static boolean isManifest(String name) {
    return MANIFEST.matcher(name).matches();
  }

  static boolean isDeletion(String name) {
    return DELETION.matcher(name).matches();
  }

  /** Returns a manifest's index by its name. */
  static int index(String manifest) {
    return manifest.equals(manifest(1))
        ? 1
        : Integer.parseInt(
            manifest.substring("manifest-".length(), manifest.length() - DOCUMENT.length()));
  }
}
