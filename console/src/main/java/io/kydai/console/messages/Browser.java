package io.kydai.console.messages;

import java.time.Instant;

/**
 * A browser that takes a person's messages.
 *
 * @param id a ULID
 * @param name what it calls itself, at most 200 characters
 */
public record Browser(String id, String name, Instant createdAt) {}
