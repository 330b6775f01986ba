package io.kydai.console.audit;

import static java.util.Objects.requireNonNull;

/**
 * The party that performs an action.
 *
 * @param kind the kind of party
 * @param id the id of the account or token, {@code kydai} for the node; empty for an anonymous
 *     caller; at most {@value #MAX_ID} characters, longer ones are cut
 * @param name the name as it was at the time of the action, at most {@value #MAX_NAME} characters,
 *     longer ones are cut
 */
public record Actor(Kind kind, String id, String name) {
  private static final int MAX_ID = 100;
  private static final int MAX_NAME = 200;

  /** The node itself. */
  public static final Actor SYSTEM = new Actor(Kind.SYSTEM, "kydai", "kydai");

  /** The kind of party. */
  public enum Kind {
    /** A person with an account. */
    ACCOUNT,
    /** A program with a token. */
    TOKEN,
    /** The node itself, or the administration command on its machine. */
    SYSTEM,
    /** A caller that is not logged in. */
    ANONYMOUS
  }

  public Actor {
    requireNonNull(kind);
    id = AuditText.shortened(id, MAX_ID);
    name = AuditText.shortened(name, MAX_NAME);
  }

  /** Returns the actor of a failed log-in, with the name that was entered. */
  public static Actor anonymous(String claimedName) {
    return new Actor(Kind.ANONYMOUS, "", claimedName);
  }
}
