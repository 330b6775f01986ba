package io.kydai.console.comments;

import static java.util.Objects.requireNonNull;

import java.time.Instant;

/**
 * What somebody wrote about a report.
 *
 * @param id a ULID
 * @param actor the name of the person who wrote it
 * @param open whether it may be shown to whoever reported it; otherwise it is for the desk and the
 *     agencies alone
 */
public record Comment(String id, Instant at, String actor, boolean open, String text) {
  public Comment {
    requireNonNull(id);
    requireNonNull(at);
    requireNonNull(actor);
    requireNonNull(text);
  }
}
