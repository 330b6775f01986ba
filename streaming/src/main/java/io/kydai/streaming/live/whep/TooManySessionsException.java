package io.kydai.streaming.live.whep;

/** All places for sessions, or for viewers of a camera, are taken. */
public final class TooManySessionsException extends Exception {
  private static final long serialVersionUID = 1;

  private final boolean ofNode;

  /**
   * @param ofNode whether the node has no place, for any camera
   */
  TooManySessionsException(String message, boolean ofNode) {
    super(message, null, false, false);
    this.ofNode = ofNode;
  }

  /** Returns whether the node has no place, for any camera; another node may have one. */
  public boolean isOfNode() {
    return ofNode;
  }
}
