package io.kydai.streaming.privacy;

/** What is made unrecognisable in a picture. */
public enum BlurTarget {
  /** Faces, and the upper part of every person, because not every face is found. */
  FACES,
  /** Whole persons, with those who ride on something. */
  PEOPLE,
  /** The part of vehicles where plates are. */
  PLATES
}
